import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { refusal } from "../better-sqlite3/support.js";
import { mysqlUrl } from "../mysql/server/server.js";
import { embeddedUrl } from "../postgres/server/servers.js";
import { type AnyModule, answers, fill, prune, type Shop, shopOf, upgraded } from "./documents.js";
import { buildShop, type SpecProject, VERSIONS } from "./project.js";
import {
  betterSqlite,
  mysql,
  openStore,
  pglite,
  type Place,
  postgres,
  sqlJs,
  type Target,
} from "./targets.js";

const ROWS = Number(process.env["STORAGE_TEST_ROWS"] ?? 1_000);
const LAST = VERSIONS.at(-1) as number;
const NEWEST = `v${LAST}`;

let project: SpecProject;
beforeAll(async () => {
  project = await buildShop();
});
afterAll(() => project?.remove());

const mysqlServer = await mysqlUrl();

const targets: readonly Target[] = [
  betterSqlite,
  sqlJs,
  postgres({ name: "postgres-embedded", url: await embeddedUrl() }),
  pglite,
  ...(mysqlServer === undefined ? [] : [mysql(mysqlServer)]),
];

/** What every read of a version should answer: what its in-memory backend does. */
async function expectedAnswers(version: number, shop: Shop): Promise<Record<string, readonly string[]>> {
  const { createInMemoryStore } = await project.load<{ createInMemoryStore(): AnyModule }>(
    `v${version}`,
    "store",
  );
  const { exports: store } = createInMemoryStore();
  await fill(store, version, shop);
  return answers(store, shop);
}

/** Makes a database of a version; of version 6, where documents may go, without some of them. What is in it. */
async function makeOld(target: Target, version: number, place: Place, shop: Shop): Promise<Shop> {
  const old = await openStore(project, target, `v${version}`, place);
  await fill(old.exports, version, shop);
  const left = version === 6 ? await prune(old.exports, shop) : shop;
  await old.shutdown();
  return left;
}

/** Every way to the newest version, and the shortest and a longer one to the version whose unique indexes are new. */
const WAYS = [...VERSIONS.slice(0, -1).map((version) => [version, LAST] as const), [5, 6], [2, 6]] as const;

describe.each(targets)("S15: $name", (target) => {
  test.each(WAYS)(
    `a database of version %i with ${ROWS} documents of each kind becomes one of version %i`,
    async (version, newest) => {
      const place = await target.newPlace();
      const before = await makeOld(target, version, place, shopOf(version, ROWS));
      const after = upgraded(before, version, newest);

      const store = await openStore(project, target, `v${newest}`, place);
      await store.init();
      const found = await answers(store.exports, after);
      for (const [read, expected] of Object.entries(await expectedAnswers(newest, after))) {
        expect(found[read], read).toEqual(expected);
      }
      await store.exports["storeNote"]?.({ id: "later" });
      const notes = (await store.exports["listNotes"]?.()) as { id: string }[];
      expect(notes.map(({ id }) => id)).toEqual([...after.note.map(({ id }) => id), "later"]);
      await store.shutdown();

      // The database is the same as one that was created by this version.
      const fresh = await target.newPlace();
      const other = await openStore(project, target, `v${newest}`, fresh);
      await other.init();
      await other.shutdown();
      expect(withoutCounts(await place.describe())).toEqual(withoutCounts(await fresh.describe()));
    },
  );

  test("rows that share a key, or lack a part of one: refused, naming them, and nothing is changed", async () => {
    const place = await target.newPlace();
    await makeOld(target, 1, place, shopOf(1, 20));
    const before = await place.contents();
    const store = await openStore(project, target, "strict", place);
    const error = await refusal(() => store.init());
    expect(error.code).toBe("SCHEMA_MISMATCH");
    expect(error.message.replace(/^[^:]+/, "backend"))
      .toBe(`backend: cannot upgrade from schema version 1 to 3: 14 rows do not fit, and nothing was changed
  note {"id":"note 0"} at position 1: note.writer must be a string, but is missing
  note {"id":"note 5"} at position 6: note.writer must be a string, but is missing
  note {"id":"note 10"} at position 11: note.writer must be a string, but is missing
  note {"id":"note 15"} at position 16: note.writer must be a string, but is missing
  ticket {"area":"area 1","number":0} at position 2: number is also that of {"area":"area 0","number":0}
  and 9 more`);
    expect(await place.contents()).toEqual(before);
    const old = await openStore(project, target, "v1", place);
    await old.init();
  });

  test("what is stored, removed and counted after an upgrade is right, and a page goes on after it", async () => {
    const place = await target.newPlace();
    const before = await makeOld(target, 5, place, shopOf(5, 50));
    const tickets = before.ticket.filter(({ area }) => area !== "area 0");
    const older = await openStore(project, target, "v6", place);
    await older.exports["storeNote"]?.({ id: "a" });
    await older.exports["storeNote"]?.({ id: "b" });
    const page = (await older.exports["pageNotes"]?.({ limit: 51 })) as { next: string };
    await older.exports["removeNote"]?.("a");
    await older.exports["removeNote"]?.("b");
    await older.shutdown();

    const store = await openStore(project, target, NEWEST, place);
    await store.init();
    const { exports } = store;
    const counts = (): unknown => exports["getStats"]?.();
    expect(counts()).toEqual({ tasks: 50, notes: 50, tickets: before.ticket.length, events: 50, marks: 50 });
    // The number of the note that the page ended with is not given again, although it was not there any more.
    await exports["storeNote"]?.({ id: "c" });
    expect(await exports["pageNotes"]?.({ after: page.next })).toEqual({
      items: [{ id: "c" }],
      next: undefined,
    });

    expect(await exports["removeTickets"]?.("area 0")).toBe(before.ticket.length - tickets.length);
    expect(await exports["removeEvent"]?.(-1_000, true)).toBe(1);
    expect(await exports["removeMark"]?.("label 49")).toBe(1);
    await exports["storeMark"]?.({ title: "another" });
    await exports["storeMark"]?.({ title: "label 0", hue: "other" });
    await exports["storeTask"]?.({ queue: "queue 0", id: "another", createdAt: 1 });
    const expected = { tasks: 51, notes: 51, tickets: tickets.length, events: 49, marks: 50 };
    expect(counts()).toEqual(expected);
    const marks = (await exports["listMarks"]?.()) as { items: { title: string }[] };
    expect(marks.items.slice(-2).map(({ title }) => title)).toEqual(["label 48", "another"]);
    await store.shutdown();
    const again = await openStore(project, target, NEWEST, place);
    await again.init();
    expect(again.exports["getStats"]?.()).toEqual(expected);
  });

  test("rows that share a value of a new unique index: refused, naming them, and nothing is changed", async () => {
    const place = await target.newPlace();
    await makeOld(target, 5, place, shopOf(5, 20));
    const before = await place.contents();
    const store = await openStore(project, target, "colliding", place);
    const error = await refusal(() => store.init());
    expect(error.code).toBe("SCHEMA_MISMATCH");
    expect(error.message.replace(/^[^:]+/, "backend"))
      .toBe(`backend: cannot upgrade from schema version 5 to 6: 6 rows do not fit, and nothing was changed
  note {"id":"note 12"} at position 13: writer is also that of {"id":"note 1"}
  note {"id":"note 13"} at position 14: writer is also that of {"id":"note 2"}
  note {"id":"note 14"} at position 15: writer is also that of {"id":"note 3"}
  note {"id":"note 17"} at position 18: writer is also that of {"id":"note 6"}
  note {"id":"note 18"} at position 19: writer is also that of {"id":"note 7"}
  and 1 more`);
    expect(await place.contents()).toEqual(before);
    const old = await openStore(project, target, "v5", place);
    await old.init();
  });

  test("migrate: 'verify': refused with both versions, untouched; once upgraded, it opens", async () => {
    const place = await target.newPlace();
    await makeOld(target, 2, place, shopOf(2, 5));
    const before = await place.contents();
    const store = await openStore(project, target, NEWEST, place, { migrate: "verify" });
    const error = await refusal(() => store.init());
    expect(error.code).toBe("SCHEMA_MISMATCH");
    expect(error.message).toMatch(
      /: schema version 2, this release needs version 7, and `migrate` forbids to upgrade$/,
    );
    expect(await place.contents()).toEqual(before);
    const upgrading = await openStore(project, target, NEWEST, place);
    await upgrading.init();
    await upgrading.shutdown();
    const verifying = await openStore(project, target, NEWEST, place, { migrate: "verify" });
    await verifying.init();
  });

  test("a newer database: refused with both versions, untouched", async () => {
    const place = await target.newPlace();
    await makeOld(target, 5, place, shopOf(5, 5));
    const before = await place.contents();
    for (const migrate of ["auto", "verify"]) {
      const store = await openStore(project, target, "v3", place, { migrate });
      const error = await refusal(() => store.init());
      expect(error.code).toBe("SCHEMA_MISMATCH");
      expect(error.message).toMatch(/ schema version 5, and this release knows versions up to 3$/);
    }
    expect(await place.contents()).toEqual(before);
  });

  test("a newer database that says that older code is fine: opened, read and written by it", async () => {
    const place = await target.newPlace();
    const shop = shopOf(4, 20);
    await makeOld(target, 4, place, shop);
    const newest = await openStore(project, target, "v5", place);
    await newest.init();
    await newest.shutdown();
    const older = await openStore(project, target, "v4", place);
    await older.exports["storeTask"]?.({ id: "by version 4", queue: "queue 0", createdAt: 1_000 });
    await older.shutdown();
    const again = await openStore(project, target, "v5", place);
    const tasks = (await again.exports["listTasks"]?.()) as { id: string }[];
    expect(tasks).toHaveLength(21);
    expect(tasks.at(-1)?.id).toBe("by version 4");
  });

  test("a database older than the history: refused, untouched", async () => {
    const place = await target.newPlace();
    await makeOld(target, 2, place, shopOf(2, 5));
    const before = await place.contents();
    const store = await openStore(project, target, "late", place);
    const error = await refusal(() => store.init());
    expect(error.code).toBe("SCHEMA_MISMATCH");
    expect(error.message).toMatch(/: schema version 2, and this release knows version 5 only$/);
    expect(await place.contents()).toEqual(before);
  });
});

/** Without how many rows have come and gone. */
function withoutCounts(found: unknown): unknown {
  const { meta, ...others } = found as { readonly meta: readonly { name: string; value: number }[] };
  return {
    ...others,
    meta: meta.map(({ name, value }) => (/_(?:last|removed)$/.test(name) ? { name } : { name, value })),
  };
}
