/* oxlint-disable no-await-in-loop -- the order of writes is what is tested */
import { StorageError, TurnQueue } from "@gati-framework/storage-kit";
import { describe, expect, test } from "vitest";

const failure = (message: string): StorageError => new StorageError(message, { code: "IO" });
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A commit that answers at once, and remembers its batches. */
function synchronous(outcome: (write: number) => StorageError | undefined = () => undefined) {
  const batches: number[][] = [];
  const queue = new TurnQueue<number>((writes) => {
    batches.push([...writes]);
    return writes.map(outcome);
  });
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

  test("flush commits at once, and nothing twice", async () => {
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
    const queue = new TurnQueue<number>((writes) => {
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

/** One whose commits are quick, and its batches. */
const quick = () => {
  const batches: number[][] = [];
  const commit = (writes: readonly number[]) => {
    batches.push([...writes]);
    return writes.map(() => undefined);
  };
  return { queue: new TurnQueue<number>(commit, { quick: true }), batches };
};

describe("a queue whose commits are quick", () => {
  test("gathers what this turn and its promises write", async () => {
    const { queue, batches } = quick();
    const writes = [queue.push(1)];
    await Promise.resolve()
      .then(() => Promise.resolve())
      .then(() => writes.push(queue.push(2)));
    expect(batches).toEqual([]);
    await Promise.all(writes);
    expect(batches).toEqual([[1, 2]]);
  });

  test("does not wait for the turn to end", async () => {
    const { queue, batches } = quick();
    let turns = 0;
    setImmediate(() => turns++);
    for (const write of [1, 2, 3]) await queue.push(write);
    expect([batches, turns]).toEqual([[[1], [2], [3]], 0]);
  });

  test("keeps nobody from getting a turn, however many writes are awaited one by one", async () => {
    const { queue } = quick();
    let turns = 0;
    const count = (): void => {
      turns++;
      counting = setImmediate(count);
    };
    let counting = setImmediate(count);
    for (let write = 0; write < 1000; write++) await queue.push(write);
    clearImmediate(counting);
    expect(turns).toBeGreaterThan(20);
  });
});
