import { CallQueue, StorageError } from "@gati-framework/storage-kit";
import { describe, expect, test } from "vitest";

import { deferred } from "../deferred.js";

interface Gate {
  readonly writes: readonly string[];
  finish(outcomes?: readonly (StorageError | undefined)[]): void;
  fail(error: StorageError): void;
}

/** A queue whose commits end when the test says so. */
function controlled(timeout = 60_000) {
  const commits: Gate[] = [];
  const queue = new CallQueue<string>(
    "test",
    (writes) =>
      new Promise((resolve, reject) => {
        commits.push({
          writes,
          finish: (outcomes = writes.map(() => undefined)) => resolve(outcomes),
          fail: reject,
        });
      }),
    { timeout, weigh: (write) => (write.startsWith("heavy") ? 5 * 1024 * 1024 : 1) },
  );
  return { queue, commits };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const busy = new StorageError("no", { code: "BUSY" });

async function started<T>(promise: Promise<T>): Promise<boolean> {
  await turn();
  return (await Promise.race([promise.then(() => true), Promise.resolve(false)])) as boolean;
}

describe("the queue of calls (S8, S9)", () => {
  test("writes of one turn are one batch, in order; those of the next turn wait for it", async () => {
    const { queue, commits } = controlled();
    const settled: string[] = [];
    for (const write of ["a", "b"]) void queue.write(write).then(() => settled.push(write));
    await Promise.resolve();
    void queue.write("c").then(() => settled.push("c"));
    expect(commits, "nothing within the turn").toHaveLength(0);
    await turn();
    expect(commits.map(({ writes }) => writes)).toEqual([["a", "b", "c"]]);
    void queue.write("d").then(() => settled.push("d"));
    await turn();
    expect(commits).toHaveLength(1);
    commits[0]?.finish();
    await turn();
    expect(settled).toEqual(["a", "b", "c"]);
    expect(commits[1]?.writes).toEqual(["d"]);
  });

  test("a read sees what was called before it, and nothing that was called after it", async () => {
    const { queue, commits } = controlled();
    const log: string[] = [];
    void queue.write("a");
    const reading = deferred();
    const read = queue.read(() => {
      log.push("read");
      return reading.promise;
    });
    void queue.write("b");
    expect(
      commits.map(({ writes }) => writes),
      "a read hurries the writes before it",
    ).toEqual([["a"]]);
    await turn();
    expect(log).toEqual([]);
    commits[0]?.finish();
    await turn();
    expect(log).toEqual(["read"]);
    expect(commits, "b waits for the read").toHaveLength(1);
    reading.resolve();
    await read;
    await turn();
    expect(commits[1]?.writes).toEqual(["b"]);
  });

  test("reads run side by side, and at once where nothing is before them", async () => {
    const { queue, commits } = controlled();
    let running = 0;
    const ends: (() => void)[] = [];
    const read = (): Promise<void> =>
      queue.read(async () => {
        running++;
        await new Promise<void>((resolve) => ends.push(resolve));
      });
    void read();
    expect(running).toBe(1);
    void read();
    expect(running).toBe(2);
    const write = queue.write("a");
    void read();
    expect(running, "behind the write").toBe(2);
    expect(commits).toHaveLength(0);
    for (const end of ends) end();
    await turn();
    commits[0]?.finish();
    await write;
    await turn();
    expect(running).toBe(3);
  });

  test("each write has its own outcome; a commit that fails is the outcome of all, and the queue goes on", async () => {
    const { queue, commits } = controlled();
    const first = Promise.allSettled([queue.write("a"), queue.write("b"), queue.write("c")]);
    await turn();
    commits[0]?.finish([undefined, busy, undefined]);
    expect((await first).map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    const second = Promise.allSettled([queue.write("d"), queue.write("e")]);
    await turn();
    commits[1]?.fail(busy);
    expect((await second).map((one) => one.status === "rejected" && one.reason)).toEqual([busy, busy]);
    const third = queue.write("f");
    await turn();
    commits[2]?.finish();
    await third;
  });

  test("a read that fails stops nothing", async () => {
    const { queue, commits } = controlled();
    const read = queue.read(() => Promise.reject(busy));
    const write = queue.write("a");
    await expect(read).rejects.toBe(busy);
    await turn();
    commits[0]?.finish();
    await write;
  });

  test("batches are bounded in number and in weight", async () => {
    const { queue, commits } = controlled();
    const many = Array.from({ length: 2_500 }, (_, n) => queue.write(`${n}`));
    const heavy = ["heavy1", "heavy2", "heavy3"].map((write) => queue.write(write));
    const sizes: number[] = [];
    for (let n = 0; n < 6; n++) {
      await turn();
      sizes.push(commits[n]?.writes.length ?? 0);
      commits[n]?.finish();
    }
    expect(sizes).toEqual([1_000, 1_000, 501, 1, 1, 0]);
    await Promise.all([...many, ...heavy]);
  });

  test("flush waits for the writes before it, not for those after it", async () => {
    const { queue, commits } = controlled();
    await queue.flush();
    void queue.write("a");
    const flushed = queue.flush();
    void queue.write("b");
    expect(await started(flushed)).toBe(false);
    commits[0]?.finish();
    await flushed;
    await turn();
    expect(commits[1]?.writes).toEqual(["b"]);
  });

  test(
    "F27: 100,000 calls wait; one more is BUSY, not written; room is made by answers",
    { timeout: 60_000 },
    async () => {
      const { queue, commits } = controlled();
      void queue.write("first");
      await turn();
      const waiting = Array.from({ length: 100_000 }, (_, n) =>
        n % 2 === 0 ? queue.write(`${n}`) : queue.read(async () => {}),
      );
      for (const call of [() => queue.write("over"), () => queue.read(async () => {})]) {
        await expect(call()).rejects.toMatchObject({
          name: "StorageError",
          code: "BUSY",
          outcome: "not-written",
          retryable: true,
        });
      }
      for (let n = 0; n <= 50_000; n++) {
        while (commits[n] === undefined) await Promise.resolve();
        commits[n]?.finish();
      }
      await Promise.all(waiting);
      const more = queue.write("more");
      await turn();
      commits.at(-1)?.finish();
      await more;
    },
  );

  test("F27: running reads count as well", async () => {
    const { queue } = controlled();
    const { promise: ended, resolve: end } = deferred();
    const running = Array.from({ length: 100_000 }, () => queue.read(() => ended));
    await expect(queue.read(() => ended)).rejects.toMatchObject({ code: "BUSY" });
    end();
    await Promise.all(running);
    await queue.read(() => ended);
  });

  test("calls that wait too long fail with TIMEOUT, unsent; later ones take their place", async () => {
    const { queue, commits } = controlled(50);
    const first = queue.write("first");
    await turn();
    const late = await Promise.allSettled([queue.write("a"), queue.read(async () => {}), queue.write("b")]);
    for (const one of late)
      expect(one).toMatchObject({ reason: { code: "TIMEOUT", outcome: "not-written" } });
    const current = queue.write("current");
    commits[0]?.finish();
    await first;
    await turn();
    expect(commits.map(({ writes }) => writes)).toEqual([["first"], ["current"]]);
    commits[1]?.finish();
    await current;
  });
});
