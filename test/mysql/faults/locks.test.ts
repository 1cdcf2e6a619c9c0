import { createPool } from "mysql2";
import { expect, onTestFinished, test } from "vitest";

import { query } from "../server/server.js";
import { expectRefusal, describeMysql, freshDatabase, gtype, openMysql } from "../support.js";

describeMysql("F18, refusals of the server", (server) => {
  test("what the server refuses for good is typed, and the connection goes on", async () => {
    const { url } = await freshDatabase(server);
    const { exports: storage } = openMysql({ connectionString: url, poolSize: 1 });
    await storage.storeGType(gtype("warm"));
    for (const [errno, code, outcome] of [
      [1213, "BUSY", "not-written"],
      [1205, "BUSY", "not-written"],
      [1317, "TIMEOUT", "not-written"],
      [1290, "READ_ONLY", "not-written"],
      [1062, "CONFLICT", "not-written"],
      [1114, "DISK_FULL", "not-written"],
      [1142, "READ_ONLY", "not-written"],
      [1026, "IO", "unknown"],
      [1034, "CORRUPT", "not-written"],
      [1644, "INTERNAL", "not-written"],
    ] as const) {
      await query(
        url,
        `drop trigger if exists refuse;
         create trigger refuse before insert on gati_version_graph for each row
           signal sqlstate '45000' set mysql_errno = ${errno}, message_text = 'document-xyzzy'`,
      );
      const error = await expectRefusal(() => storage.storeVersionGraph({ handlerId: "a" } as never), code);
      expect(error, String(errno)).toMatchObject({ outcome, cause: { errno } });
      expect(error.message).not.toContain("xyzzy");
      expect(await storage.getGType("warm"), `after ${errno}`).toEqual(gtype("warm"));
    }
  });

  test("a proxy that cannot keep prepared statements: they are sent as text from then on", async () => {
    const { url } = await freshDatabase(server);
    const pool = createPool({ uri: url });
    onTestFinished(() => pool.promise().end());
    const { exports: storage } = openMysql({ pool });
    await storage.storeGType(gtype("before"));
    // Ended behind mysql2's back, as a proxy that swaps connections does.
    let ended = 0;
    pool.on("acquire", (connection) => {
      const { _statements: statements } = connection as unknown as {
        _statements: Map<string, { id: number }>;
      };
      for (const statement of statements.values()) {
        statement.id += 1_000_000;
        ended++;
      }
    });
    const body = `'"\\ ? é😀 \0`;
    await storage.storeGType(gtype("after", { body }));
    await Promise.all(["a", "b"].map((ref) => storage.storeGType(gtype(ref, { body }))));
    for (const ref of ["after", "a", "b"]) expect(await storage.getGType(ref)).toEqual(gtype(ref, { body }));
    expect(storage.getStats().gtypeCount).toBe(4);
    expect(ended).toBeGreaterThan(0);
  });
});
