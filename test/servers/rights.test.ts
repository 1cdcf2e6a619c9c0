import { describe, expect, test } from "vitest";

import { expectRefusal } from "../support/calls.js";
import { gtype, manifest } from "../support/documents.js";
import { servers } from "./server.js";

describe.each(await servers())("S15: what is there, and who may create it, on $name", (server) => {
  test("a user without rights to create: 'auto' is refused while tables are missing; then all three work", async () => {
    const place = await server.place();
    const modest = await place.asUser("write");
    const open = (migrate: "auto" | "verify" | "off") => modest.open({ migrate }).exports;
    const auto = await expectRefusal(() => open("auto").storeGType(gtype("a")), "READ_ONLY");
    expect(auto).toMatchObject({
      outcome: "not-written",
      hint: expect.stringContaining("verify"),
      cause: server.noRights,
    });
    const verify = await expectRefusal(() => open("verify").storeGType(gtype("a")), "SCHEMA_MISMATCH");
    expect(verify.hint).toContain("auto");
    await expectRefusal(() => open("off").storeGType(gtype("a")), "SCHEMA_MISMATCH");

    await place.open().init();
    for (const migrate of ["auto", "verify", "off"] as const) {
      const storage = open(migrate);
      await storage.storeGType(gtype(migrate));
      await Promise.all([1, 2].map((n) => storage.storeManifest(manifest(migrate, `${n}`))));
      expect(await storage.getGType(migrate)).toEqual(gtype(migrate));
    }
    await modest.open().exports.clear();
  });

  test("a user who may only read: READ_ONLY for writes, answers for reads", async () => {
    const place = await server.place();
    await place.open().exports.storeGType(gtype("a"));
    const { exports: storage } = (await place.asUser("read")).open();
    expect(await storage.getGType("a")).toEqual(gtype("a"));
    await expectRefusal(() => storage.storeGType(gtype("b")), "READ_ONLY");
  });

  test("a newer schema is refused, naming both versions, and left as it is; so are tables of another kind", async () => {
    const place = await server.place();
    await place.open().init();
    await place.sql("update gati_meta set value = 99 where name = 'schema_version'");
    for (const migrate of ["auto", "verify"] as const) {
      const error = await expectRefusal(() => place.open({ migrate }).init(), "SCHEMA_MISMATCH");
      expect(error.message).toMatch(/99.*1/);
    }
    expect(await place.sql("select value from gati_meta")).toEqual([{ value: 99 }]);

    const other = await server.place();
    await other.prepare();
    await other.sql("create table gati_meta (foreign_column int)");
    await expectRefusal(() => other.open().init(), "SCHEMA_MISMATCH");
    expect(await other.tables()).toEqual(["gati_meta"]);
  });
});
