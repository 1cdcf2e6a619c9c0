import { describe, expect, test } from "vitest";

import { members } from "./members.js";
import { doc, expectRefusal, gtype, manifest } from "./support.js";

describe.each(await members())("F28: rows that somebody else wrote, on $name", ({ open }) => {
  test.each([
    ["no JSON", "no json at all, SECRET-DOCUMENT"],
    ["cut short", '{"ref":"bad","kind":"SECRET-DOCUMENT'],
    ["no object", '"SECRET-DOCUMENT"'],
    ["null", "null"],
    ["lacking its key", '{"kind":"SECRET-DOCUMENT"}'],
    ["empty", ""],
  ])("%s: CORRUPT for that row alone, naming it, and not showing it", async (_, data) => {
    const { module, schema, sql } = await open();
    const { exports: storage } = module;
    await storage.storeGType(gtype("good"));
    await storage.storeHookManifest(doc({ handlerId: "good", hooks: [] }));
    await storage.storeManifest(manifest("m", "good"));
    await sql(`insert into "${schema}".gati_gtype (ref, data) values ('bad', $1)`, [data]);
    await sql(`insert into "${schema}".gati_hook_manifest (handler_id, data) values ('bad', $1)`, [data]);
    await sql(`insert into "${schema}".gati_manifest (handler_id, version, data) values ('m', 'bad', $1)`, [
      data,
    ]);

    const error = await expectRefusal(() => storage.getGType("bad"), "CORRUPT");
    expect(error).toMatchObject({ entity: "gtype", key: ["bad"], retryable: false });
    expect(`${error.message} ${JSON.stringify(error)} ${String(error.cause)}`).not.toContain("SECRET");
    await expectRefusal(() => storage.listHookManifests(), "CORRUPT");
    await expectRefusal(() => storage.getAllManifestVersions("m"), "CORRUPT");
    expect(await storage.getGType("good")).toEqual(gtype("good"));
    expect(await storage.getManifest("m", "good")).toEqual(manifest("m", "good"));
    expect(await storage.getManifest("m")).toEqual(manifest("m", "good"));

    // Stored again, it is whole again.
    await storage.storeGType(gtype("bad"));
    expect(await storage.getGType("bad")).toEqual(gtype("bad"));
  });

  test("NULL where nothing may be missing is refused by the database", async () => {
    const { module, schema, sql } = await open();
    await module.init();
    await expect(sql(`insert into "${schema}".gati_gtype (ref, data) values ('a', null)`)).rejects.toThrow();
    await expect(sql(`insert into "${schema}".gati_gtype (ref, data) values (null, '{}')`)).rejects.toThrow();
  });
});
