import { createPool } from "mysql2";
import { describe, expect, onTestFinished, test } from "vitest";

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

/** A storage on one connection, and how many prepared statements that one has executed. */
function openCounted(uri: string) {
  const pool = createPool({ uri, connectionLimit: 1 });
  onTestFinished(() => pool.promise().end());
  const { exports: storage } = openMysql({ pool });
  const executed = async (): Promise<number> => {
    const [rows] = await pool.promise().query("show session status like 'Com_stmt_execute'");
    return Number((rows as { readonly Value: string }[])[0]?.Value);
  };
  return { storage, executed };
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
