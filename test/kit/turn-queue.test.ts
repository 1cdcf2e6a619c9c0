import { StorageError, TurnQueue, type Outcomes } from "@gati-framework/storage-kit";
import { describe, expect, test } from "vitest";

const failure = (message: string): StorageError => new StorageError(message, { code: "IO" });
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A commit that answers at once, and remembers its batches. */
function synchronous(outcome: (write: number) => StorageError | undefined = () => undefined) {
  const batches: number[][] = [];
  const queue = new TurnQueue<number>("test", (writes) => {
    batches.push([...writes]);
    return writes.map(outcome);
  });
  return { queue, batches };
}

/** A commit that answers when it is told to. */
function later() {
  const batches: {
    readonly writes: number[];
    readonly done: (outcomes?: Outcomes) => void;
    readonly fail: (error: unknown) => void;
  }[] = [];
  const queue = new TurnQueue<number>(
    "test",
    (writes) =>
      new Promise((resolve, reject) => {
        batches.push({
          writes: [...writes],
          done: (outcomes = writes.map(() => undefined)) => resolve(outcomes),
          fail: reject,
        });
      }),
  );
  return { queue, batches };
}

describe("S8, S9: writes of one turn are committed together, in order", () => {
  test("one batch a turn", async () => {
    const { queue, batches } = synchronous();
    const first = [1, 2, 3].map((write) => queue.push(write));
    await Promise.resolve().then(() => first.push(queue.push(4)));
    expect(batches).toEqual([]);
    await Promise.all(first);
    await queue.push(5);
    expect(batches).toEqual([[1, 2, 3, 4], [5]]);
  });

  test("flush commits at once, when the backend answers at once", async () => {
    const { queue, batches } = synchronous();
    const write = queue.push(1);
    expect(queue.flush()).toBeUndefined();
    expect(batches).toEqual([[1]]);
    await write;
    expect(queue.flush()).toBeUndefined();
    await turn();
    expect(batches).toEqual([[1]]);
  });

  test("each promise is settled by its own outcome", async () => {
    const { queue } = synchronous((write) => (write % 2 === 0 ? failure(`no ${write}`) : undefined));
    const settled = await Promise.allSettled([1, 2, 3, 4].map((write) => queue.push(write)));
    expect(
      settled.map((one) => (one.status === "fulfilled" ? "done" : (one.reason as Error).message)),
    ).toEqual(["done", "no 2", "done", "no 4"]);
  });

  test("a commit that throws is the outcome of its whole batch, and of no other", async () => {
    let broken = true;
    const queue = new TurnQueue<number>("test", (writes) => {
      if (broken) throw failure("broken");
      return writes.map(() => undefined);
    });
    const settled = await Promise.allSettled([queue.push(1), queue.push(2)]);
    expect(settled.map((one) => one.status)).toEqual(["rejected", "rejected"]);
    broken = false;
    await queue.push(3);
  });

  test("10,000 writes are a batch, the next one begins another", async () => {
    const { queue, batches } = synchronous();
    await Promise.all(Array.from({ length: 25_001 }, (_, write) => queue.push(write)));
    expect(batches.map((batch) => batch.length)).toEqual([10_000, 10_000, 5001]);
    expect(batches.flat()).toEqual(Array.from({ length: 25_001 }, (_, write) => write));
  });
});

describe("a backend that answers later", () => {
  test("gathers the next batch while one is being committed; batches never overlap", async () => {
    const { queue, batches } = later();
    const order: number[] = [];
    const push = (write: number): Promise<unknown> => queue.push(write).then(() => order.push(write));
    const all = [push(1), push(2)];
    await turn();
    all.push(push(3));
    await turn();
    all.push(push(4));
    await turn();
    expect(batches.map(({ writes }) => writes)).toEqual([[1, 2]]);
    batches[0]?.done();
    await turn();
    await turn();
    expect(batches.map(({ writes }) => writes)).toEqual([
      [1, 2],
      [3, 4],
    ]);
    batches[1]?.done();
    await Promise.all(all);
    expect(order).toEqual([1, 2, 3, 4]);
  });

  test("flush waits for what was added before it, and not for what is added meanwhile", async () => {
    const { queue, batches } = later();
    const first = queue.push(1);
    let flushed = false;
    const flush = Promise.resolve(queue.flush()).then(() => (flushed = true));
    const second = queue.push(2);
    expect(batches.map(({ writes }) => writes)).toEqual([[1]]);
    batches[0]?.done();
    await Promise.all([first, flush]);
    expect(flushed).toBe(true);
    await turn();
    batches[1]?.done();
    await second;
  });

  test("flush while a batch is being committed waits for the next batch too", async () => {
    const { queue, batches } = later();
    const writes = [queue.push(1)];
    await turn();
    writes.push(queue.push(2));
    let flushed = false;
    const flush = Promise.resolve(queue.flush()).then(() => (flushed = true));
    batches[0]?.done();
    await writes[0];
    await turn();
    expect(flushed).toBe(false);
    batches[1]?.done();
    await flush;
    await writes[1];
  });

  test("a rejected commit fails its batch, flush does not reject, and the next batch goes on", async () => {
    const { queue, batches } = later();
    const lost = queue.push(1);
    const flush = queue.flush();
    const next = queue.push(2);
    batches[0]?.fail(failure("lost"));
    await expect(lost).rejects.toMatchObject({ code: "IO" });
    await flush;
    await turn();
    batches[1]?.done();
    await next;
  });

  test("F27: beyond 100,000 waiting writes, BUSY and not written; afterwards it goes on", async () => {
    const { queue, batches } = later();
    const first = queue.push(-1);
    await turn();
    const waiting = Array.from({ length: 100_000 }, (_, write) => queue.push(write));
    await expect(queue.push(-2)).rejects.toMatchObject({
      code: "BUSY",
      retryable: true,
      outcome: "not-written",
    });
    batches[0]?.done();
    await first;
    const flush = queue.flush();
    for (let batch = 1; batch <= 10; batch++) {
      await turn();
      batches[batch]?.done();
    }
    await flush;
    await Promise.all(waiting);
    const last = queue.push(1);
    await turn();
    batches.at(-1)?.done();
    await last;
    expect(batches.map(({ writes }) => writes.length)).toEqual([
      1,
      ...Array.from({ length: 10 }, () => 10_000),
      1,
    ]);
  });
});
