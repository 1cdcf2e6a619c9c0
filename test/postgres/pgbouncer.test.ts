import { conformance } from "@gati-framework/storage-testing";
import { createPostgresStorage } from "@gati-framework/storage-postgres";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";

import { runChild } from "../faults/child.js";
import { countLost, Load } from "../faults/load.js";
import { findPgBouncer, startPgBouncer } from "./pgbouncer.js";
import { query, testServers } from "./server/servers.js";
import { freshSchema, gtype, manifest, openPostgres } from "./support.js";
import { report } from "../faults/report.js";

const found = findPgBouncer();
const servers = await testServers();

/** From 1.21 on it keeps track of prepared statements itself, unless told not to. */
const settings = (
  [
    ["default", []],
    ["without prepared statements", ["max_prepared_statements = 0"]],
  ] as const
).filter(
  ([, lines]) =>
    lines.length === 0 || (found !== undefined && (found.version[0] > 1 || found.version[1] >= 21)),
);

if (found === undefined) {
  console.warn("NOT PROVED: F19, PgBouncer in transaction mode: no pgbouncer is installed here");
}

describe.skipIf(found === undefined).each(servers)(
  "F19, PgBouncer in transaction mode, before $name",
  ({ name, url }) => {
    describe.each(settings)("settings: %s", async (setting, configuration) => {
      if (found === undefined) return;
      const pooler = await startPgBouncer(found.binary, url, configuration);
      afterAll(() => pooler.close());

      test("creates its tables and works, from 4 storages at once; nothing is lost", async () => {
        const schema = freshSchema(url);
        const modules = Array.from({ length: 4 }, () =>
          openPostgres({ connectionString: pooler.url, schema }),
        );
        await Promise.all(modules.map((module) => module.init()));
        const load = new Load(
          modules.map(({ exports }) => exports),
          16,
        );
        const [one, two] = [modules[0]!.exports, modules[1]!.exports];
        for (let round = 0; round < 30; round++) {
          await load.more(20);
          await Promise.all(
            [1, 2].map((n) => one.storeManifest(manifest("m", `${round}.${n}`, round * 10 + n))),
          );
          expect(await two.getManifest("m")).toEqual(manifest("m", `${round}.2`, round * 10 + 2));
          expect(await two.getAllManifestVersions("m")).toHaveLength(2 * (round + 1));
        }
        const result = await load.stop();
        expect(result.failed.map(({ error }) => error)).toEqual([]);
        const lost = await countLost(one, result);
        report(`F19 PgBouncer ${found.version.join(".")}, ${setting}, ${name}`, {
          injected: 1,
          acknowledged: result.acknowledged.length + 60,
          lost,
        });
        expect(lost).toBe(0);
        await one.clear();
        expect(await two.getGType("0.0")).toBeUndefined();
      });

      test("8 processes open a cold database at once: none fails", async () => {
        const schema = freshSchema(url);
        const options = JSON.stringify({ connectionString: pooler.url, schema });
        const ended = await Promise.all(
          Array.from({ length: 8 }, (_, id) =>
            runChild("sequence.mjs", ["postgres", options, id, 1, "sequential"]),
          ),
        );
        for (const { lines, exitCode, stderr } of ended) {
          expect(exitCode, stderr).toBe(0);
          expect(lines[0]).toBe("open");
        }
      });

      test("the pooler goes away and comes back: typed, and works again", async () => {
        const own = await startPgBouncer(found.binary, url, configuration);
        const schema = freshSchema(url);
        const { exports: storage } = openPostgres({
          connectionString: own.url,
          schema,
          connectTimeout: 1_000,
        });
        await storage.storeGType(gtype("before"));
        await own.close();
        await expect(storage.storeGType(gtype("a"))).rejects.toMatchObject({
          name: "StorageError",
          code: "UNAVAILABLE",
        });
        await expect(storage.getGType("a")).rejects.toMatchObject({
          name: "StorageError",
          code: "UNAVAILABLE",
        });
        const back = await startPgBouncer(found.binary, url, configuration, Number(new URL(own.url).port));
        onTestFinished(() => back.close());
        expect(await storage.getGType("before")).toEqual(gtype("before"));
        await storage.storeGType(gtype("after"));
        expect(await storage.getGType("after")).toEqual(gtype("after"));
      });

      test("every conformance case", async () => {
        const schemas: string[] = [];
        const cases = conformance({
          name: "pgbouncer",
          async create() {
            const schema = `bounced_${schemas.length}_${process.pid}`;
            schemas.push(schema);
            const module = createPostgresStorage({ connectionString: pooler.url, schema });
            return {
              module,
              async destroy() {
                await module.shutdown();
                await query(url, `drop schema if exists "${schema}" cascade`);
              },
              reopen: async () => createPostgresStorage({ connectionString: pooler.url, schema }),
            };
          },
        });
        for (const { name: title, run } of cases) await expect(run(), title).resolves.toBeUndefined();
      });
    });
  },
);
