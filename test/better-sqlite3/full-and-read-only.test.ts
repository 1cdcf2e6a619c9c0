import fs from "node:fs";
import path from "node:path";

import { createBetterSqliteStorage } from "@gati-framework/storage-better-sqlite3";
import { describe, expect, test } from "vitest";

import { mounted, mountMissing, remount } from "../faults/mount.js";
import { tempFolder } from "../faults/temp-folder.js";
import { expectRefusal, inspectFile, manifest, refusal } from "./support.js";

const missing = mountMissing();

describe.skipIf(missing !== null)("F4, S13: the disk is full", () => {
  test("DISK_FULL, earlier rows readable, and it works again after room was made, without a restart", async () => {
    const folder = mounted("2m");
    const filename = path.join(folder, "full.db");
    const module = createBetterSqliteStorage({ filename });
    const storage = module.exports;
    await storage.storeManifest(manifest("first"));
    fs.writeFileSync(path.join(folder, "ballast"), Buffer.alloc(900_000));

    const body = "x".repeat(20_000);
    const stored: string[] = [];
    let failure;
    for (let id = 0; id < 500 && failure === undefined; id++) {
      try {
        await storage.storeManifest(manifest("filler", String(id), id, { body }));
        stored.push(String(id));
      } catch (error) {
        failure = error;
      }
    }
    expect(failure).toMatchObject({ code: "DISK_FULL", outcome: "not-written", retryable: true });
    // A batch as a whole finds no room either, and each of its writes says so.
    const batch = await Promise.allSettled(
      [0, 1, 2].map((id) => storage.storeManifest(manifest("batch", String(id), 1, { body }))),
    );
    for (const one of batch) expect(one).toMatchObject({ status: "rejected", reason: { code: "DISK_FULL" } });
    expect(await storage.getManifest("first", "1")).toEqual(manifest("first"));
    expect((await storage.getAllManifestVersions("filler")).map((each) => each.version)).toEqual(stored);
    expect(storage.getStats().manifestCount).toBe(1 + stored.length);

    fs.rmSync(path.join(folder, "ballast"));
    await storage.storeManifest(manifest("after"));
    expect(await storage.getManifest("after")).toEqual(manifest("after"));
    const stats = storage.getStats();
    await module.shutdown();
    expect(inspectFile(filename)).toEqual({ check: "ok", counts: stats });
  });

  test("no room for a new database: DISK_FULL, and nothing is left behind", async () => {
    const folder = mounted("128k");
    fs.writeFileSync(path.join(folder, "ballast"), Buffer.alloc(120_000));
    const error = await refusal(() =>
      createBetterSqliteStorage({ filename: path.join(folder, "new.db") }).init(),
    );
    expect(error.code, String(error.cause)).toBe("DISK_FULL");
    expect(fs.readdirSync(folder)).toEqual(["ballast"]);
  });
});

describe.skipIf(missing !== null)("F6, S13: nothing may be written", () => {
  test("a read-only file system: READ_ONLY at open, for an existing database and a new one", async () => {
    const folder = mounted("2m");
    const filename = path.join(folder, "existing.db");
    const module = createBetterSqliteStorage({ filename });
    await module.exports.storeManifest(manifest("kept"));
    await module.shutdown();
    remount(folder, "ro");
    await expectRefusal(() => createBetterSqliteStorage({ filename }).init(), "READ_ONLY");
    await expectRefusal(
      () => createBetterSqliteStorage({ filename: path.join(folder, "new.db") }).init(),
      "READ_ONLY",
    );
    await expectRefusal(
      () => createBetterSqliteStorage({ filename: path.join(folder, "a", "new.db") }).init(),
      "READ_ONLY",
    );
    expect(fs.readdirSync(folder)).toEqual(["existing.db"]);
    remount(folder, "rw");
    await module.init();
    expect(await module.exports.getManifest("kept")).toEqual(manifest("kept"));
    await module.shutdown();
  });

  test.skipIf(process.getuid?.() !== 0)("a file of somebody else, in a folder of somebody else", async () => {
    const folder = tempFolder();
    fs.chmodSync(folder, 0o755);
    const filename = path.join(folder, "owned.db");
    const module = createBetterSqliteStorage({ filename });
    await module.init();
    await module.shutdown();
    const { seteuid } = process;
    seteuid?.(65_534);
    try {
      await expectRefusal(() => createBetterSqliteStorage({ filename }).init(), "READ_ONLY");
      await expectRefusal(() => createBetterSqliteStorage({ filename: `${filename}2` }).init(), "READ_ONLY");
    } finally {
      seteuid?.(0);
    }
    expect(fs.readdirSync(folder)).toEqual(["owned.db"]);
  });
});
