import fs from "node:fs";
import path from "node:path";

import { createBetterSqliteStorage } from "@gati-framework/storage-better-sqlite3";
import { describe, expect, test } from "vitest";

import { tempFolder } from "../faults/temp-folder.js";
import { expectRefusal, inspectFile, manifest } from "./support.js";

describe("F25, S11: shutdown", () => {
  test("racing with 50 writes, twice: each is stored or refused with CLOSED, never neither", async () => {
    const filename = path.join(tempFolder(), "race.db");
    const module = createBetterSqliteStorage({ filename });
    const writes: Promise<void>[] = [];
    const closings: Promise<void>[] = [];
    for (let n = 0; n < 50; n++) {
      writes.push(module.exports.storeManifest(manifest("race", String(n))));
      if (n === 20 || n === 30) closings.push(module.shutdown());
      if (n % 7 === 0) await Promise.resolve();
    }
    const settled = await Promise.allSettled(writes);
    await Promise.all(closings);
    const stored = settled.flatMap((one, n) => (one.status === "fulfilled" ? [String(n)] : []));
    for (const one of settled)
      if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "CLOSED" });
    expect(stored.slice(0, 21)).toEqual(Array.from({ length: 21 }, (_, n) => String(n)));
    await expectRefusal(() => module.exports.getManifest("race"), "CLOSED");
    await expectRefusal(() => module.exports.getStats(), "CLOSED");
    await expectRefusal(() => module.exports.clear(), "CLOSED");
    await module.shutdown();
    expect(fs.readdirSync(path.dirname(filename))).toEqual(["race.db"]);

    await module.init();
    expect((await module.exports.getAllManifestVersions("race")).map((each) => each.version)).toEqual(stored);
    await module.shutdown();
    expect(inspectFile(filename).counts.manifestCount).toBe(stored.length);
  });

  test("200 times opened and shut down: no file stays open", async () => {
    const filename = path.join(tempFolder(), "again.db");
    const module = createBetterSqliteStorage({ filename });
    await module.init();
    await module.shutdown();
    const before = fs.readdirSync("/proc/self/fd").length;
    for (let n = 0; n < 200; n++) {
      await module.init();
      if (n % 20 === 0) await module.exports.storeManifest(manifest("again", String(n)));
      await module.shutdown();
    }
    expect(fs.readdirSync("/proc/self/fd").length).toBeLessThanOrEqual(before);
  });

  test("a refused file does not stay open either", async () => {
    const filename = path.join(tempFolder(), "refused.db");
    const module = createBetterSqliteStorage({ filename, migrate: "auto" });
    await module.init();
    await module.shutdown();
    const refused = createBetterSqliteStorage({ filename, migrate: "off", tablePrefix: "other_" });
    const before = fs.readdirSync("/proc/self/fd").length;
    for (let n = 0; n < 50; n++) await expectRefusal(() => refused.init(), "SCHEMA_MISMATCH");
    expect(fs.readdirSync("/proc/self/fd").length).toBeLessThanOrEqual(before);
  });
});

describe("the path", () => {
  test("missing folders of it are created", async () => {
    const filename = path.join(tempFolder(), "a", "b", "c", "new.db");
    const module = createBetterSqliteStorage({ filename });
    await module.exports.storeManifest(manifest("new"));
    await module.shutdown();
    expect(fs.readdirSync(path.dirname(filename))).toEqual(["new.db"]);
  });

  test("nothing is created before the first call", () => {
    const filename = path.join(tempFolder(), "later", "new.db");
    createBetterSqliteStorage({ filename });
    expect(fs.existsSync(path.dirname(filename))).toBe(false);
  });

  test("a relative one is bound to the folder of the moment of creation", async () => {
    const [here, there, back] = [tempFolder(), tempFolder(), process.cwd()];
    process.chdir(here);
    try {
      const module = createBetterSqliteStorage({ filename: "data/relative.db" });
      process.chdir(there);
      await module.exports.storeManifest(manifest("here"));
      await module.shutdown();
    } finally {
      process.chdir(back);
    }
    expect(fs.readdirSync(path.join(here, "data"))).toEqual(["relative.db"]);
    expect(fs.readdirSync(there)).toEqual([]);
  });

  test("a file where a folder is needed: a StorageError", async () => {
    const folder = tempFolder();
    fs.writeFileSync(path.join(folder, "file"), "");
    await expectRefusal(
      () => createBetterSqliteStorage({ filename: path.join(folder, "file", "new.db") }).init(),
      "IO",
    );
  });

  test("a URL-like name inside a path is a plain name (S16)", async () => {
    const folder = tempFolder();
    const filename = path.join(folder, "file:x?mode=memory#%20.db");
    const module = createBetterSqliteStorage({ filename });
    await module.exports.storeManifest(manifest("odd"));
    await module.shutdown();
    expect(fs.readdirSync(folder)).toEqual([path.basename(filename)]);
  });
});
