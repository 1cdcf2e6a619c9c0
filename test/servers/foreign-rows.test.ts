import { describe, expect, test } from "vitest";

import { expectRefusal } from "../support/calls.js";
import { doc, gtype, manifest } from "../support/documents.js";
import { type Member, members } from "./members.js";

const all = await members();

async function refusesTheRowAlone({ open }: Member, data: string | Buffer): Promise<void> {
  const { module, sql } = await open();
  const { exports: storage } = module;
  await storage.storeGType(gtype("good"));
  await storage.storeHookManifest(doc({ handlerId: "good", hooks: [] }));
  await storage.storeManifest(manifest("m", "good"));
  await sql("insert into gati_gtype (ref, data) values ('bad', ?)", [data]);
  await sql("insert into gati_hook_manifest (handler_id, data) values ('bad', ?)", [data]);
  await sql("insert into gati_manifest (handler_id, version, data) values ('m', 'bad', ?)", [data]);

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
}

describe.each(all)("F28: rows that somebody else wrote, on $name", (member) => {
  test.each([
    ["no JSON", "no json at all, SECRET-DOCUMENT"],
    ["cut short", '{"ref":"bad","kind":"SECRET-DOCUMENT'],
    ["no object", '"SECRET-DOCUMENT"'],
    ["null", "null"],
    ["lacking its key", '{"kind":"SECRET-DOCUMENT"}'],
    ["empty", ""],
  ])("%s: CORRUPT for that row alone, naming it, and not showing it", (_, data) =>
    refusesTheRowAlone(member, data),
  );

  test("NULL where nothing may be missing is refused by the database", async () => {
    const { module, sql } = await member.open();
    await module.init();
    await expect(sql("insert into gati_gtype (ref, data) values ('a', null)")).rejects.toThrow();
    await expect(sql("insert into gati_gtype (ref, data) values (null, '{}')")).rejects.toThrow();
  });
});

// PostgreSQL takes no such text.
const takingAnyBytes = all.filter(({ backend }) => backend === "mysql");

test.each(takingAnyBytes)("F28: no UTF-8 is CORRUPT in the same way, on $name", (member) =>
  refusesTheRowAlone(member, Buffer.from('{"ref":"bad","\xff', "latin1")),
);
