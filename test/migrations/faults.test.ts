import fs from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { runChild, startChild } from "../faults/child.js";
import { report } from "../faults/report.js";
import { mysqlUrl } from "../mysql/server/server.js";
import { embeddedUrl } from "../postgres/server/servers.js";
import { type AnyModule, answers, fill, shopOf, upgraded } from "./documents.js";
import { buildShop, type SpecProject } from "./project.js";
import { betterSqlite, mysql, openStore, type Place, postgres, sqlJs, type Target } from "./targets.js";

const KILLS = Number(process.env["STORAGE_TEST_KILLS"] ?? 8);
const ROUNDS = Number(process.env["STORAGE_TEST_COLD_ROUNDS"] ?? 2);
const ROWS = Number(process.env["STORAGE_TEST_ROWS"] ?? 1_000);
const PROCESSES = 8;
/** Milliseconds for all rounds of a test, however many were asked for. */
const timeout = 60_000 + (KILLS + ROUNDS) * ROWS * 5;
const OPEN = path.join(import.meta.dirname, "children/open.mjs");

let project: SpecProject;
beforeAll(async () => {
  project = await buildShop(["v1", "v5"]);
});
afterAll(() => project?.remove());

const mysqlServer = await mysqlUrl();
const servers = [
  postgres({ name: "postgres-embedded", url: await embeddedUrl() }),
  ...(mysqlServer === undefined ? [] : [mysql(mysqlServer)]),
];

const shop = shopOf(1, ROWS);
const after = upgraded(shop, 1, 5);

async function makeOld(target: Target): Promise<Place> {
  const place = await target.newPlace();
  const old = await openStore(project, target, "v1", place);
  await fill(old.exports, 1, shop);
  await old.shutdown();
  return place;
}

/** Opens the newest version in a process of its own. */
function opener(target: Target, place: Place): Parameters<typeof startChild> {
  return [OPEN, [project.moduleFile("v5", target.unit), target.factory, JSON.stringify(place.options)]];
}

async function expectUpgraded(target: Target, place: Place): Promise<void> {
  const { createInMemoryStore } = await project.load<{ createInMemoryStore(): AnyModule }>("v5", "store");
  const reference = createInMemoryStore().exports;
  await fill(reference, 5, after);
  const store = await openStore(project, target, "v5", place);
  await store.init();
  const found = await answers(store.exports, after);
  for (const [read, expected] of Object.entries(await answers(reference, after))) {
    expect(found[read], read).toEqual(expected);
  }
  await store.shutdown();
}

/** What a database looks like that the newest version has created. */
async function describeFresh(target: Target): Promise<unknown> {
  const place = await target.newPlace();
  const store = await openStore(project, target, "v5", place);
  await store.init();
  await store.shutdown();
  return place.describe();
}

/** The version that the database itself says it has. */
async function versionOf(place: Place): Promise<unknown> {
  const { meta } = (await place.describe()) as { readonly meta: readonly { name: string; value: number }[] };
  return meta.find(({ name }) => name === "schema_version")?.value;
}

describe.each([betterSqlite, sqlJs, ...servers])("S15: kill -9 of an upgrade, on $name", (target) => {
  test(
    `${KILLS} kills at random points: version 1 whole or version 5 whole, and nothing lost`,
    { timeout },
    async () => {
      let place = await makeOld(target);
      const another = await copiesOf(target, place);
      let cutShort = 0;
      let longest = 400;
      for (let kill = 0; kill < KILLS; kill++) {
        const child = startChild(...opener(target, place));
        await child.line((line) => line === "opening");
        const start = performance.now();
        await delay((longest * ((kill * 37) % 61)) / 61);
        child.process.kill("SIGKILL");
        const { lines, stderr } = await child.ended;
        expect(stderr).toBe("");
        const version = await versionOf(place);
        expect([1, 5], "one version or the other").toContain(version);
        if (version === 1) {
          cutShort++;
          longest *= 1.1;
        } else {
          // It was too late for a kill: the next come sooner, on a database that is old again.
          longest = Math.max(20, Math.min(longest, performance.now() - start) * 0.9);
          expect(lines).toContain("opening");
          await expectUpgraded(target, place);
          place = await another();
        }
      }
      await expectUpgraded(target, place);
      expect(await place.describe(), "nothing is left over").toEqual(await describeFresh(target));
      report(`F20 upgrades killed, ${target.name}`, {
        injected: KILLS,
        "cut short": cutShort,
        lost: 0,
      });
      expect(cutShort).toBeGreaterThan(0);
    },
  );
});

/** Makes further databases with what one has in it now. */
async function copiesOf(target: Target, place: Place): Promise<() => Promise<Place>> {
  const original = await place.copy?.();
  if (original !== undefined) return () => original.copy?.() ?? makeOld(target);
  const { filename } = place.options as { readonly filename?: string };
  if (filename === undefined) return () => makeOld(target);
  const spare = `${filename}.spare`;
  fs.copyFileSync(filename, spare);
  return async () => {
    for (const leftover of fs.readdirSync(path.dirname(filename))) {
      if (leftover !== path.basename(spare))
        fs.rmSync(path.join(path.dirname(filename), leftover), { recursive: true });
    }
    fs.copyFileSync(spare, filename);
    return place;
  };
}

describe.each([betterSqlite, ...servers])("S15: many processes upgrade at once, on $name", (target) => {
  test(`${PROCESSES} processes, ${ROUNDS} times: one upgrades, none fails`, { timeout }, async () => {
    const another = await copiesOf(target, await makeOld(target));
    for (let round = 0; round < ROUNDS; round++) {
      const place = await another();
      const ended = await Promise.all(
        Array.from({ length: PROCESSES }, () => runChild(...opener(target, place))),
      );
      for (const { lines, stderr, exitCode } of ended) {
        expect(stderr).toBe("");
        expect({ exitCode, stats: lines.at(-1) }).toEqual({
          exitCode: 0,
          stats: `open ${JSON.stringify({ tasks: ROWS, notes: ROWS, tickets: after.ticket.length, events: 0, labels: 0 })}`,
        });
      }
      await expectUpgraded(target, place);
    }
    report(`F20 upgrades at once, ${target.name}`, { injected: ROUNDS * PROCESSES, lost: 0 });
  });
});
