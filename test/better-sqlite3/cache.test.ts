/* oxlint-disable no-await-in-loop -- the order of calls is what is tested */
import path from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";

import type { StorageContract } from "@gati-framework/storage";
import { createBetterSqliteStorage } from "@gati-framework/storage-better-sqlite3";
import Database from "better-sqlite3";
import { describe, expect, onTestFinished, test } from "vitest";

import { countNews, historyOf, staleReads } from "../cache/history.js";
import { runChild, startChild } from "../faults/child.js";
import { tempFolder } from "../faults/temp-folder.js";
import { expectRefusal, manifest } from "./support.js";

/** A storage with a cache, and a connection of somebody else to its file. */
async function open(): Promise<{ storage: StorageContract; filename: string; other: Database.Database }> {
  const filename = path.join(tempFolder(), "cached.db");
  const module = createBetterSqliteStorage({ filename, cache: true, busyTimeout: 50 });
  await module.init();
  const other = new Database(filename, { timeout: 50 });
  onTestFinished(async () => {
    other.close();
    await module.shutdown();
  });
  return { storage: module.exports, filename, other };
}

const SET = "update gati_manifest set data = json_set(data, '$.path', ?), created_at = ? where version = ?";

describe("a cache of documents: several processes on one file", { timeout: 120_000 }, () => {
  test.each([2, 4])("%i processes that read and write 6 documents read nothing stale", async (processes) => {
    const filename = path.join(tempFolder(), "shared.db");
    const options = { filename, cache: true, synchronous: "normal", busyTimeout: 30_000 };
    await runChild("leave.mjs", ["better-sqlite3", JSON.stringify(options), "exit"]);
    const history = await historyOf(processes, 4_000, "better-sqlite3", options);
    expect(history).toHaveLength(processes * 4_000);
    expect(staleReads(history)).toEqual([]);
    expect(countNews(history)).toBeGreaterThan(0);
  });
});

describe("a cache of documents: what another connection writes", () => {
  test("is read at once, however often the document was read in the same turn", async () => {
    const { storage, other } = await open();
    await storage.storeManifest(manifest("h", "1", 1));
    await storage.storeManifest(manifest("h", "2", 2));
    const set = other.prepare(SET);
    for (let round = 0; round < 50; round++) {
      // Not one event of the loop comes between: all of it is one turn.
      for (let reads = 0; reads < round % 5; reads++) await storage.getManifest("h", "1");
      expect(await storage.getManifest("h")).toMatchObject({ version: round % 2 === 0 ? "2" : "1" });
      set.run(`/${round}`, round % 2 === 0 ? 1000 + round : 1, "1");
      expect(await storage.getManifest("h", "1")).toMatchObject({ path: `/${round}` });
    }
  });

  test("is read when it is committed, and not before; nor what is rolled back", async () => {
    const { storage, other } = await open();
    await storage.storeManifest(manifest("h"));
    const read = async () => (await storage.getManifest("h", "1"))?.path;
    expect(await read()).toBeUndefined();
    other.exec("begin immediate");
    other.prepare(SET).run("/new", 1, "1");
    expect([await read(), await read()]).toEqual([undefined, undefined]);
    await nextTurn();
    expect(await read()).toBeUndefined();
    other.exec("rollback");
    expect(await read()).toBeUndefined();
    other.exec("begin immediate");
    other.prepare(SET).run("/new", 1, "1");
    expect(await read()).toBeUndefined();
    other.exec("commit");
    expect(await read()).toBe("/new");
  });

  test("takes documents away, and puts some where none were", async () => {
    const { storage, other } = await open();
    expect(await storage.getManifest("h", "1")).toBeUndefined();
    expect(await storage.getHookManifest("h")).toBeNull();
    other.exec(
      `insert into gati_manifest (handler_id, version, created_at, data) values ('h', '1', 1, '{"handlerId":"h","version":"1","createdAt":1}')`,
    );
    expect(await storage.getManifest("h", "1")).toEqual(manifest("h"));
    expect(await storage.getManifest("h")).toEqual(manifest("h"));
    other.exec("delete from gati_manifest");
    expect(await storage.getManifest("h", "1")).toBeUndefined();
    expect(await storage.getManifest("h")).toBeUndefined();
  });

  test("may empty the log between two turns: no snapshot is held for longer than one", async () => {
    const { storage, other } = await open();
    const isKeptFromShrinking = (): boolean =>
      (other.pragma("wal_checkpoint(truncate)") as [{ busy: number }])[0].busy === 1;
    for (let round = 1; round <= 5; round++) {
      await storage.storeManifest(manifest("h", "1", round));
      for (let reads = 0; reads < 5; reads++) await storage.getManifest("h", "1");
      expect(isKeptFromShrinking(), "within the turn").toBe(true);
      await nextTurn();
      await nextTurn();
      expect(isKeptFromShrinking(), "after the turn").toBe(false);
    }
  });
});

describe("a cache of documents: own writes", () => {
  test("are read at once, awaited or not, by key and as the last", async () => {
    const { storage } = await open();
    for (let round = 1; round <= 50; round++) {
      const version = `${round % 3}`;
      const stored = storage.storeManifest(manifest("h", version, round));
      const [one, last] = await Promise.all([storage.getManifest("h", version), storage.getManifest("h")]);
      expect([one, last]).toEqual([manifest("h", version, round), manifest("h", version, round)]);
      await stored;
      expect(await storage.getManifest("h")).toEqual(manifest("h", version, round));
    }
    await storage.clear();
    expect(await storage.getManifest("h")).toBeUndefined();
    expect(await storage.getManifest("h", "1")).toBeUndefined();
  });

  test("that fail leave what was there, and what was there is read", async () => {
    const { storage, filename } = await open();
    await storage.storeManifest(manifest("h", "1", 1));
    expect(await storage.getManifest("h", "1")).toEqual(manifest("h", "1", 1));
    const holder = startChild("hold-lock.mjs", [filename]);
    await holder.line((line) => line === "locked");
    const batch = [2, 3].map((createdAt) => storage.storeManifest(manifest("h", "1", createdAt)));
    const settled = Promise.allSettled(batch);
    expect(await storage.getManifest("h", "1")).toEqual(manifest("h", "1", 1));
    for (const one of await settled)
      expect(one).toMatchObject({ status: "rejected", reason: { code: "BUSY" } });
    await expectRefusal(() => storage.clear(), "BUSY");
    await expectRefusal(
      () => storage.storeManifest({ ...manifest("h", "1", 4), path: (() => "") as never }),
      "INVALID_INPUT",
    );
    expect(await storage.getManifest("h", "1")).toEqual(manifest("h", "1", 1));
    expect(await storage.getManifest("h")).toEqual(manifest("h", "1", 1));
    holder.process.kill("SIGKILL");
    await holder.ended;
    await storage.storeManifest(manifest("h", "1", 5));
    expect(await storage.getManifest("h", "1")).toEqual(manifest("h", "1", 5));
  });
});

test("S5: changing what was read, or what was stored, changes nothing that is read later", async () => {
  const { storage } = await open();
  const stored = manifest("h", "1", 1, {
    gtypes: { request: "a" },
    when: new Date(1),
    set: new Set([{ in: 1 }]),
  });
  const expected = structuredClone(stored);
  await storage.storeManifest(stored);
  for (let round = 0; round < 4; round++) {
    const read = (await storage.getManifest("h", "1")) as unknown as {
      gtypes: Record<string, string>;
      when: Date;
      set: Set<{ in: number }>;
    };
    expect(read).toEqual(expected);
    read.gtypes["request"] = "changed";
    read.when.setTime(2);
    for (const item of read.set) item.in = 2;
    read.set.clear();
    Object.assign(stored, { createdAt: 7 });
  }
  expect(await storage.getManifest("h")).toEqual(expected);
});

test("shut down and opened again, it reads what was written meanwhile", async () => {
  const filename = path.join(tempFolder(), "again.db");
  const module = createBetterSqliteStorage({ filename, cache: { maxEntries: 2 } });
  await module.exports.storeManifest(manifest("h"));
  for (let reads = 0; reads < 5; reads++)
    expect(await module.exports.getManifest("h")).toEqual(manifest("h"));
  await module.shutdown();
  const other = new Database(filename);
  other.prepare(SET).run("/other", 1, "1");
  other.close();
  await module.init();
  expect((await module.exports.getManifest("h"))?.path).toBe("/other");
  await module.shutdown();
});
