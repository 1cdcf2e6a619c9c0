import { createInMemoryStorage, type StorageContract } from "@gati-framework/storage";
import { createPool } from "mysql2";
import { describe, expect, onTestFinished, test } from "vitest";

import { doc } from "../support/documents.js";
import { query } from "./server/server.js";
import { describeMysql, freshDatabase, gtype, manifest, openMysql, WAYS } from "./support.js";

/** Keys that a collation, or padding, takes for one another. */
const ALIKE = [
  "a",
  "A",
  "á",
  "a ",
  " a",
  "\ufeffa",
  "a\u0301",
  "ａ",
  "0",
  "00",
  "%",
  "_",
  "'",
  '"',
  "\\",
  "?",
  "$1",
];

/** Of few values, so that many are equal; in an order of numbers that is none of texts; and absent. */
const TIMES = [10, -1, 9, Infinity, 10, -Infinity, 0.5, 9, undefined, -2];

const transformer = (id: string, handlerId: string): Parameters<StorageContract["storeTransformer"]>[0] =>
  doc({ id, handlerId, fromVersion: "v1", toVersion: "v2" });

/** A storage on one connection; what that one has counted; and how many prepared statements it has executed. */
function openCounted(uri: string) {
  const pool = createPool({ uri, connectionLimit: 1 });
  onTestFinished(() => pool.promise().end());
  const { exports: storage } = openMysql({ pool });
  /** The sum of the connection's counters whose names begin so. */
  const status = async (name: string): Promise<number> => {
    const [rows] = await pool.promise().query(`show session status like '${name}%'`);
    return (rows as { readonly Value: string }[]).reduce((sum, { Value }) => sum + Number(Value), 0);
  };
  return { storage, status, executed: () => status("Com_stmt_execute") };
}

describeMysql("reads of one turn", (server) => {
  describe.each(WAYS)("through $name", ({ options }) => {
    test("S1, S7: each has its own answer, told apart byte for byte, and a miss is one", async () => {
      const { url } = await freshDatabase(server);
      const { exports: storage } = openMysql(options(url));
      const stored = [...ALIKE, "-".repeat(512), "ä".repeat(256)];
      await Promise.all(stored.map((ref) => storage.storeGType(gtype(ref))));
      const missing = ["b", "a\0", "", "\ud800", "-".repeat(511), "-".repeat(513), `${"ä".repeat(256)}-`];
      const asked = stored.flatMap((ref, n) => [missing[n % missing.length]!, ref, ref]);
      const answers = await Promise.all(asked.map((ref) => storage.getGType(ref)));
      expect(answers.map((answer) => answer?.ref)).toEqual(
        asked.map((ref) => (stored.includes(ref) ? ref : undefined)),
      );
    });

    test("S8: a write between them is seen by those after it, and by no other", async () => {
      const { url } = await freshDatabase(server);
      const { exports: storage } = openMysql(options(url));
      const read = () => Promise.all([1, 2, 3].map((n) => storage.getManifest("m", `v${n}`)));
      const answers = await Promise.all([
        read(),
        storage.storeManifest(manifest("m", "v2", 1)),
        read(),
        storage.storeManifest(manifest("m", "v3", 3)),
        storage.storeManifest(manifest("m", "v1", 2)),
        read(),
        storage.getManifest("m"),
        storage.getManifest("n"),
      ]);
      const versions = answers.map((answer) =>
        Array.isArray(answer) ? answer.map((one) => one?.version) : answer?.version,
      );
      const none = undefined;
      expect(versions).toEqual([
        [none, none, none],
        none,
        [none, "v2", none],
        none,
        none,
        ["v1", "v2", "v3"],
        "v3",
        none,
      ]);
    });
  });

  describe.each(WAYS)("of lists, through $name", ({ options }) => {
    test("S6, S7: each list is whole, in order, ties too; what nothing is in is empty", async () => {
      const { url } = await freshDatabase(server);
      const { exports: storage } = openMysql(options(url));
      const { exports: reference } = createInMemoryStorage();
      const handlers = [...ALIKE, "-".repeat(512)];
      const manifests = handlers.flatMap((handler, n) =>
        TIMES.slice(0, n % (TIMES.length + 1)).map((createdAt, v) => ({
          ...manifest(handler, `v${(v * 7) % TIMES.length}`),
          createdAt: createdAt as number,
        })),
      );
      // From handler to handler, so that no list lies together; and some again, which keep their places.
      manifests.sort((a, b) => (a.version < b.version ? -1 : 1));
      const again = manifests.filter((_, n) => n % 3 === 0);
      const transformers = handlers.flatMap((handler, n) =>
        ["b", "a"].map((id) => transformer(`${id}${n}`, handler)),
      );
      for (const filled of [storage, reference]) {
        // oxlint-disable-next-line no-await-in-loop -- one storage after the other
        await Promise.all([
          ...[...manifests, ...again].map((one) => filled.storeManifest(one)),
          ...transformers.map((one) => filled.storeTransformer(one)),
        ]);
      }
      const asked = [...handlers, "missing", "-".repeat(513), "a\0", "", ...handlers.toReversed()];
      const lists = asked.flatMap((handler) => [
        (from: StorageContract) => from.getAllManifestVersions(handler),
        (from: StorageContract) => from.getTransformersForVersions(handler, "v1", "v2"),
        (from: StorageContract) => from.getTransformersForVersions(handler, "v2", "v1"),
      ]);
      const together = await Promise.all(lists.map((list) => list(storage)));
      const alone: unknown[] = [];
      // oxlint-disable-next-line no-await-in-loop -- one by one is the point
      for (const list of lists) alone.push(await list(storage));
      expect(together).toEqual(alone);
      expect(together).toEqual(await Promise.all(lists.map((list) => list(reference))));
    });

    test("S8: a write between them is seen by those after it, and by no other", async () => {
      const { url } = await freshDatabase(server);
      const { exports: storage } = openMysql(options(url));
      const read = () => Promise.all(["m", "n"].map((handler) => storage.getAllManifestVersions(handler)));
      const answers = await Promise.all([
        read(),
        storage.storeManifest(manifest("m", "v2", 2)),
        storage.getManifest("m"),
        read(),
        storage.storeManifest(manifest("m", "v1", 1)),
        storage.storeManifest(manifest("n", "v1", 1)),
        read(),
        storage.getManifest("m", "v1"),
      ]);
      const versions = (answer: unknown): unknown =>
        Array.isArray(answer)
          ? answer.map(versions)
          : (answer as { readonly version?: string } | undefined)?.version;
      const none = undefined;
      expect(answers.map(versions)).toEqual([
        [[], []],
        none,
        "v2",
        [["v2"], []],
        none,
        none,
        [["v1", "v2"], ["v1"]],
        "v1",
      ]);
    });
  });

  test("of lists are one statement for each kind and 25 of them; one alone is a plain one", async () => {
    const { url } = await freshDatabase(server);
    const { storage, executed } = openCounted(url);
    await storage.storeManifest(manifest("a"));
    const costs: number[] = [];
    for (const count of [1, 2, 25, 100]) {
      const before = await executed();
      const answers = await Promise.all(
        Array.from({ length: count }, (_, n) => [
          storage.getAllManifestVersions(n % 2 === 0 ? "a" : `missing ${n}`),
          storage.getTransformersForVersions("a", "v1", `v${n}`),
        ]).flat(),
      );
      expect(answers.flat()).toHaveLength(Math.ceil(count / 2));
      costs.push((await executed()) - before);
    }
    expect(costs).toEqual([2, 2, 2, 8]);
  });

  test("of lists read no row but theirs, and copy none to sort it", async () => {
    const { url } = await freshDatabase(server);
    const { storage, status } = openCounted(url);
    const handlers = Array.from({ length: 40 }, (_, n) => `h${n}`);
    await Promise.all(
      handlers.flatMap((handler) =>
        Array.from({ length: 50 }, (_, n) => storage.storeManifest(manifest(handler, `v${n}`, n % 7))),
      ),
    );
    const before = await status("Handler_read");
    const lists = await Promise.all(
      handlers.slice(0, 10).map((handler) => storage.getAllManifestVersions(handler)),
    );
    expect(lists.map((list) => list.length)).toEqual(Array.from({ length: 10 }, () => 50));
    // A row of each list, and the end of it; and the table of calls.
    expect((await status("Handler_read")) - before).toBeLessThan(10 * 52 + 100);
    expect(await status("Sort_rows")).toBe(0);
  });

  test("are one prepared statement for each kind, however many; one alone is a plain one", async () => {
    const { url } = await freshDatabase(server);
    const { storage, executed } = openCounted(url);
    await storage.storeGType(gtype("a"));
    const costs: number[] = [];
    for (const count of [1, 2, 7, 100]) {
      const before = await executed();
      const answers = await Promise.all(
        Array.from({ length: count }, (_, n) => [
          storage.getGType(n % 2 === 0 ? "a" : `missing ${n}`),
          storage.getHookManifest(`missing ${n}`),
        ]).flat(),
      );
      expect(answers.filter((answer) => answer !== null && answer !== undefined)).toHaveLength(
        Math.ceil(count / 2),
      );
      costs.push((await executed()) - before);
    }
    expect(costs).toEqual([2, 2, 2, 2]);
  });

  test.each(["utf16", "ucs2", "gbk", "latin1"])("in a database of character set %s", async (charset) => {
    const { url, name } = await freshDatabase(server);
    await query(server, `alter database ${name} character set ${charset}`);
    const { storage, executed } = openCounted(url);
    await Promise.all(ALIKE.map((ref) => storage.storeGType(gtype(ref))));
    const before = await executed();
    const answers = await Promise.all(ALIKE.map((ref) => storage.getGType(ref)));
    expect(answers.map((answer) => answer?.ref)).toEqual(ALIKE);
    expect(await executed()).toBe(before + 1);
  });

  test("are asked one by one where the server knows no tables of JSON", async () => {
    const { url } = await freshDatabase(server);
    const pool = createPool({ uri: url, connectionLimit: 2 });
    onTestFinished(() => pool.promise().end());
    // As older servers do.
    const refused: string[] = [];
    pool.on("connection", (connection) => {
      const execute = connection.execute.bind(connection) as (query: object, callback: unknown) => unknown;
      const likeAnOldOne = (
        asked: { readonly sql: string },
        callback: (error: Error | null, rows?: unknown) => void,
      ): unknown => {
        if (!asked.sql.includes("json_table")) return execute(asked, callback);
        refused.push(asked.sql);
        return callback(Object.assign(new Error("syntax"), { errno: 1064, code: "ER_PARSE_ERROR" }));
      };
      Object.assign(connection, { execute: likeAnOldOne });
    });
    const { exports: storage } = openMysql({ pool });
    await Promise.all(ALIKE.map((ref) => storage.storeGType(gtype(ref))));
    const answers = await Promise.all(ALIKE.map((ref) => storage.getGType(ref)));
    expect(answers.map((answer) => answer?.ref)).toEqual(ALIKE);
    expect(refused).toHaveLength(1);
  });
});
