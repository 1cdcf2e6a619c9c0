import { Gate, StorageError } from "@gati-framework/storage-kit";
import { describe, expect, test } from "vitest";

/** A backend that notes what is called. */
class Backend {
  readonly calls: string[] = [];
  closed = 0;
  call(name: string): string {
    this.calls.push(name);
    return name;
  }
  close(): void {
    this.closed++;
  }
}

/** A promise that is settled from outside. */
function deferred<T>(): {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
} {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

const codeOf = (call: () => unknown): unknown => {
  try {
    call();
    return "passed";
  } catch (error) {
    return (error as StorageError).code;
  }
};

describe("S11: a backend that opens at once", () => {
  test("opens at the first call, once; values come back as they are", () => {
    let opens = 0;
    const gate = new Gate("test", () => (opens++, new Backend()));
    expect(opens).toBe(0);
    expect(gate.run((backend) => backend.call("a"))).toBe("a");
    expect(gate.now().calls).toEqual(["a"]);
    expect(gate.run((backend) => backend.call("b"))).toBe("b");
    expect(opens).toBe(1);
  });

  test("now() may be the first call", () => {
    const gate = new Gate("test", () => new Backend());
    expect(gate.now()).toBeInstanceOf(Backend);
  });

  test("a failure is told, typed, and the next call tries again", async () => {
    let broken = true;
    const gate = new Gate("test", () => {
      if (broken) throw new Error("raw");
      return new Backend();
    });
    expect(codeOf(() => gate.run(() => 1))).toBe("INTERNAL");
    await expect(gate.init()).rejects.toMatchObject({
      code: "INTERNAL",
      outcome: "unknown",
      backend: "test",
    });
    broken = false;
    await gate.init();
  });
});

describe("S11: a backend that opens later", () => {
  test("concurrent first calls open it once and run in their order (S8)", async () => {
    const opening = deferred<Backend>();
    let opens = 0;
    const gate = new Gate("test", () => (opens++, opening.promise));
    const calls = ["a", "b", "c"].map((name) => gate.run((backend) => backend.call(name)));
    expect(codeOf(() => gate.now())).toBe("NOT_OPEN");
    const backend = new Backend();
    opening.resolve(backend);
    expect(await Promise.all(calls)).toEqual(["a", "b", "c"]);
    expect(backend.calls).toEqual(["a", "b", "c"]);
    expect(opens).toBe(1);
  });

  test("a failure rejects all that wait; the next call opens again", async () => {
    const openings = [deferred<Backend>(), deferred<Backend>()];
    let opens = 0;
    const gate = new Gate("test", () => (openings[opens++] as (typeof openings)[number]).promise);
    const calls = Promise.allSettled([gate.run(() => 1), gate.run(() => 2)]);
    openings[0]?.reject(new StorageError("down", { code: "UNAVAILABLE" }));
    for (const one of await calls)
      expect(one).toMatchObject({ status: "rejected", reason: { code: "UNAVAILABLE" } });
    const again = gate.run(() => 3);
    openings[1]?.resolve(new Backend());
    expect(await again).toBe(3);
  });

  test("one waiting call that throws does not harm the others", async () => {
    const opening = deferred<Backend>();
    const gate = new Gate("test", () => opening.promise);
    const calls = Promise.allSettled([
      gate.run(() => {
        throw new Error("raw");
      }),
      gate.run(() => 2),
    ]);
    opening.resolve(new Backend());
    expect(await calls).toMatchObject([
      { status: "rejected", reason: { code: "INTERNAL" } },
      { status: "fulfilled", value: 2 },
    ]);
  });

  test("F27: while it opens, no more than 100,000 calls wait; BUSY beyond", async () => {
    const backend = { close() {} };
    const gate = new Gate(
      "test",
      () => new Promise<typeof backend>((resolve) => setImmediate(resolve, backend)),
    );
    const waiting = Array.from({ length: 100_000 }, (_, n) => gate.run(() => n));
    await expect(gate.run(() => -1)).rejects.toMatchObject({ code: "BUSY", outcome: "not-written" });
    expect(await Promise.all(waiting)).toHaveLength(100_000);
    expect(await gate.run(() => 7)).toBe(7);
  });

  test("shutdown while opening lets the waiting calls through, and refuses later ones", async () => {
    const opening = deferred<Backend>();
    const backend = new Backend();
    const gate = new Gate("test", () => opening.promise);
    const call = gate.run((open) => open.call("before"));
    const closing = gate.shutdown();
    expect(codeOf(() => gate.run(() => 1))).toBe("CLOSED");
    opening.resolve(backend);
    expect(await call).toBe("before");
    await closing;
    expect(backend.closed).toBe(1);
  });
});

describe("S11: shutdown", () => {
  test("waits for running calls, refuses new ones, closes once, and is idempotent", async () => {
    const backend = new Backend();
    const gate = new Gate("test", () => backend);
    const running = deferred<string>();
    const call = gate.run(() => running.promise);
    const closing = [gate.shutdown(), gate.shutdown()];
    expect(codeOf(() => gate.run(() => 1))).toBe("CLOSED");
    expect(codeOf(() => gate.now())).toBe("CLOSED");
    await Promise.resolve();
    expect(backend.closed).toBe(0);
    running.resolve("late");
    expect(await call).toBe("late");
    await Promise.all(closing);
    await gate.shutdown();
    expect(backend.closed).toBe(1);
  });

  test("waits for a running call that fails", async () => {
    const backend = new Backend();
    const gate = new Gate("test", () => backend);
    const running = deferred<string>();
    const call = gate.run(() => running.promise) as Promise<string>;
    const closing = gate.shutdown();
    running.reject(new Error("raw"));
    await expect(call).rejects.toMatchObject({ code: "INTERNAL" });
    await closing;
    expect(backend.closed).toBe(1);
  });

  test("of one that never opened opens nothing", async () => {
    let opens = 0;
    const gate = new Gate("test", () => (opens++, new Backend()));
    await gate.shutdown();
    expect(opens).toBe(0);
    expect(codeOf(() => gate.run(() => 1))).toBe("CLOSED");
  });

  test("init() opens it again, also when called during the shutdown", async () => {
    let opens = 0;
    const gate = new Gate("test", () => (opens++, new Backend()));
    await gate.init();
    await gate.shutdown();
    await gate.init();
    expect(opens).toBe(2);
    const closing = gate.shutdown();
    await gate.init();
    await closing;
    expect(opens).toBe(3);
    expect(codeOf(() => gate.now())).toBe("passed");
  });

  test("a backend that fails to close says so, typed, and is closed", async () => {
    const gate = new Gate("test", () => ({
      close: () => {
        throw new Error("raw");
      },
    }));
    await gate.init();
    await expect(gate.shutdown()).rejects.toMatchObject({ code: "INTERNAL" });
    expect(codeOf(() => gate.now())).toBe("CLOSED");
  });
});

describe("S13: what escapes a backend is typed", () => {
  test("by the backend's own map; StorageErrors pass as they are", async () => {
    const mapped = new StorageError("mapped", { code: "BUSY" });
    const gate = new Gate(
      "test",
      () => new Backend(),
      (error) => (error === "known" ? mapped : undefined),
    );
    const thrown = (error: unknown) => () =>
      gate.run(() => {
        throw error;
      });
    const own = new StorageError("own", { code: "IO" });
    expect([thrown("known"), thrown("unknown"), thrown(own)].map(codeOf)).toEqual(["BUSY", "INTERNAL", "IO"]);
    await expect(gate.run(() => Promise.reject("known" as never))).rejects.toBe(mapped);
    await expect(gate.run(() => Promise.reject(own))).rejects.toBe(own);
  });
});
