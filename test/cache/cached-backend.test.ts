/* oxlint-disable no-await-in-loop -- the order of calls is what is tested */
import { decodeDocument } from "@gati-framework/storage-kit";
import { ALONE, type CacheGuard, type DocumentCache, KeptDocument } from "@gati-framework/storage-kit/sql";
import { CachedBackend, openKysely } from "@gati-framework/storage-sql";
import Database from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";
import { expect, onTestFinished, test } from "vitest";

const LIMITS = { maxEntries: 100, maxBytes: 1_000_000 };

/** A backend with a cache, and what it asked of its database since the last look. */
async function open(limits = LIMITS, guardOf: (cache: DocumentCache) => CacheGuard = () => ALONE) {
  let asked: string[] = [];
  const db = new Kysely<unknown>({
    dialect: new SqliteDialect({ database: new Database(":memory:") }),
    log: ({ query }) => {
      asked.push(query.sql.split(" ", 1)[0] ?? "");
    },
  });
  const backend = new CachedBackend(await openKysely("kysely", { db, dialect: "sqlite" }), limits, guardOf);
  onTestFinished(async () => {
    await backend.close();
    await db.destroy();
  });
  const look = (): readonly string[] => {
    const seen = asked.filter((word) => word === "select");
    asked = [];
    return seen;
  };
  look();
  return { backend, look };
}

const textOf = (value: string | KeptDocument | undefined): unknown =>
  value instanceof KeptDocument ? value.read() : value === undefined ? undefined : decodeDocument(value);

const large = (ref: string, size: number) => ({ ref, data: JSON.stringify({ ref, text: "x".repeat(size) }) });
const gtype = (ref: string, n = 0) => ({ ref, data: JSON.stringify({ ref, n }) });
const manifest = (handlerId: string, version: string, createdAt: number) => ({
  handlerId,
  version,
  createdAt,
  data: JSON.stringify({ handlerId, version, createdAt }),
});

test("a document is asked for once, and so is one that is not there; a list each time", async () => {
  const { backend, look } = await open();
  await backend.putManifest(manifest("h", "1", 1));
  look();
  for (let round = 0; round < 3; round++) {
    expect(textOf(await backend.getManifest("h", "1"))).toMatchObject({ version: "1" });
    expect(textOf(await backend.getManifestLast("h"))).toMatchObject({ version: "1" });
    expect(await backend.getGType("none")).toBeUndefined();
    expect(look()).toHaveLength(round === 0 ? 3 : 0);
    expect(await backend.getAllManifestVersions("h")).toHaveLength(1);
    expect(look()).toHaveLength(1);
  }
});

test("a write has what it may change asked for again, and nothing else", async () => {
  const { backend, look } = await open();
  await backend.putManifest(manifest("h", "1", 1));
  await backend.putManifest(manifest("other", "1", 1));
  const readAll = async () => {
    look();
    const read = [
      await backend.getManifest("h", "1"),
      await backend.getManifest("h", "2"),
      await backend.getManifestLast("h"),
      await backend.getManifestLast("other"),
    ];
    return { documents: read.map(textOf), asked: look().length };
  };
  await readAll();
  await backend.putManifest(manifest("h", "2", 2));
  const after = await readAll();
  expect(after.documents).toMatchObject([
    { version: "1" },
    { version: "2" },
    { version: "2" },
    { handlerId: "other" },
  ]);
  expect(after.asked).toBe(2);
  await backend.clear();
  expect(await readAll()).toEqual({ documents: [undefined, undefined, undefined, undefined], asked: 4 });
});

test("S8: what was asked for before a write is not kept, though it is answered after it", async () => {
  const { backend } = await open();
  await backend.putGtype(gtype("a", 1));
  for (let round = 2; round < 20; round++) {
    const before = backend.getGType("a");
    const written = backend.putGtype(gtype("a", round));
    const after = backend.getGType("a");
    expect(textOf(await before)).toMatchObject({ n: round - 1 });
    expect(textOf(await after)).toMatchObject({ n: round });
    await written;
    expect(textOf(await backend.getGType("a"))).toMatchObject({ n: round });
  }
});

test("keys never run together", async () => {
  const { backend } = await open();
  const keys = [
    ["a", "b"],
    ["ab", ""],
    ["", "ab"],
    ["a\0", "b"],
    ["a", "\0b"],
    ["1:a", "b"],
    ["a1:b", ""],
    ["a", "b1:"],
    ["__proto__", "x"],
  ] as const;
  for (const [id, version] of keys) {
    if (id !== "" && version !== "" && !`${id}${version}`.includes("\0"))
      await backend.putManifest(manifest(id, version, 1));
  }
  for (let round = 0; round < 2; round++) {
    for (const [handlerId, version] of keys) {
      const read = textOf(await backend.getManifest(handlerId, version));
      if (read !== undefined) expect(read).toMatchObject({ handlerId, version });
      else expect(handlerId === "" || version === "" || `${handlerId}${version}`.includes("\0")).toBe(true);
    }
  }
});

test("no more is kept than the limits say: the last used stay", async () => {
  const few = await open({ maxEntries: 3, maxBytes: 1_000_000 });
  for (const ref of ["a", "b", "c", "a", "d"]) await few.backend.getGType(ref);
  few.look();
  for (const ref of ["a", "c", "d"]) await few.backend.getGType(ref);
  expect(few.look()).toEqual([]);
  await few.backend.getGType("b");
  expect(few.look()).toHaveLength(1);

  const small = await open({ maxEntries: 100, maxBytes: 5_000 });
  for (const ref of ["a", "b", "c"]) await small.backend.putGtype(large(ref, 500));
  await small.backend.putGtype(large("huge", 5_000));
  small.look();
  for (let round = 0; round < 2; round++) await small.backend.getGType("huge");
  expect(small.look(), "larger than all that may be kept").toHaveLength(2);
  for (const ref of ["a", "b", "c", "c", "b"]) await small.backend.getGType(ref);
  expect(small.look()).toHaveLength(3);
  await small.backend.getGType("a");
  expect(small.look(), "what was used least recently").toHaveLength(1);
});

test("while its guard cannot tell, the cache is neither read nor filled", async () => {
  let may = true;
  const { backend, look } = await open(LIMITS, () => ({ mayUse: () => may, close: () => {} }));
  await backend.putGtype(gtype("a", 1));
  await backend.getGType("a");
  may = false;
  look();
  for (let round = 0; round < 3; round++) expect(textOf(await backend.getGType("a"))).toMatchObject({ n: 1 });
  await backend.getGType("b");
  expect(look()).toHaveLength(4);
  may = true;
  await backend.getGType("a");
  expect(look()).toEqual([]);
  await backend.getGType("b");
  expect(look()).toHaveLength(1);
});

test("a damaged document is refused each time it is read", async () => {
  const { backend } = await open();
  await backend.putGtype({ ref: "a", data: "{" });
  for (let round = 0; round < 3; round++) {
    const kept = await backend.getGType("a");
    expect(() => textOf(kept)).toThrow(expect.objectContaining({ code: "CORRUPT" }));
  }
});
