import { describe, expect, test } from "vitest";

import { expectRefusal } from "../support/calls.js";
import { doc, gtype, manifest } from "../support/documents.js";
import { members } from "./members.js";

const NUL_AND_SURROGATES = { nul: "a\0b", lone: "\ud800 and \udfff", "key\0\ud800": 1, smile: "😀" };

describe.each(await members())("on $name", ({ open }) => {
  test("S6: createdAt holds every number: fractions, infinities, an absent one first; ties by first storing", async () => {
    const { module } = await open();
    const { exports: storage } = module;
    const times = [2.5, Infinity, -Infinity, 2.25, 2 ** 53, 0, 1.7976931348623157e308, 5e-324, -1.5, 2.5];
    for (const [index, createdAt] of times.entries())
      await storage.storeManifest(manifest("m", `v${index}`, createdAt));
    await storage.storeManifest(doc({ handlerId: "m", version: "absent" }));
    await storage.storeManifest(doc({ handlerId: "m", version: "nan", createdAt: NaN }));
    const versions = (await storage.getAllManifestVersions("m")).map(({ version }) => version);
    expect(versions).toEqual(["absent", "nan", "v2", "v8", "v5", "v7", "v3", "v0", "v9", "v4", "v6", "v1"]);
    expect((await storage.getManifest("m"))?.version).toBe("v1");
    await storage.storeManifest(manifest("m", "v1", 2.5, { moved: true }));
    await storage.storeManifest(manifest("m", "v6", 2.5));
    await storage.storeManifest(manifest("m", "v4", 2.5));
    expect((await storage.getManifest("m"))?.version, "among equals the one stored first").toBe("v0");
    const tied = (await storage.getAllManifestVersions("m")).map(({ version }) => version).slice(-5);
    expect(tied).toEqual(["v0", "v1", "v4", "v6", "v9"]);
  });

  test("S6: a batch keeps the order of its calls, and of one key the last document at the first place", async () => {
    const { module } = await open();
    const { exports: storage } = module;
    const order = ["b", "a", "c", "b", "d", "a"];
    await Promise.all(
      order.map((handlerId, n) => storage.storeHookManifest(doc({ handlerId, hooks: [], n }))),
    );
    expect(await storage.listHookManifests()).toEqual(
      [
        ["b", 3],
        ["a", 5],
        ["c", 2],
        ["d", 4],
      ].map(([handlerId, n]) => ({ handlerId, hooks: [], n })),
    );
    expect(module.exports.getStats().hookManifestCount).toBe(4);
  });

  test("S8, S9: clear() in the middle of a turn empties what came before, and nothing after", async () => {
    const { module } = await open();
    const { exports: storage } = module;
    const answers = await Promise.all([
      storage.storeGType(gtype("before")),
      storage.storeManifest(manifest("before")),
      storage.clear(),
      storage.storeGType(gtype("after")),
      storage.getGType("before"),
      storage.getGType("after"),
      storage.storeGType(gtype("later")),
      storage.listHookManifests(),
    ]);
    expect(answers.slice(4, 6)).toEqual([undefined, gtype("after")]);
    expect(storage.getStats()).toEqual(await module.refreshStats());
    expect(storage.getStats()).toMatchObject({ gtypeCount: 2, manifestCount: 0 });
  });

  test("S1: keys of 512 bytes, told apart byte for byte, in the order of code points", async () => {
    const { module, sql } = await open();
    const { exports: storage } = module;
    const refs = [
      "é",
      "e\u0301",
      "E",
      "e",
      "ﬀ",
      "😀",
      "\uffff",
      "Z",
      "z",
      " a",
      "a ",
      "ä".repeat(256),
      "%",
      "_",
      "\\",
      "'",
      '"',
    ];
    await Promise.all(refs.map((ref) => storage.storeGType(gtype(ref))));
    for (const ref of refs) expect(await storage.getGType(ref)).toEqual(gtype(ref));
    const sorted = await sql("select ref from gati_gtype order by ref");
    const codePoints = refs.toSorted((one, two) => Buffer.compare(Buffer.from(one), Buffer.from(two)));
    expect(sorted.map(({ ref }) => ref)).toEqual(codePoints);
    const key = "k".repeat(512);
    await storage.storeTransformer(doc({ id: key, handlerId: key, fromVersion: key, toVersion: key }));
    await storage.storeManifest(manifest(key, key));
    expect(await storage.getTransformersForVersions(key, key, key)).toHaveLength(1);
    expect(await storage.getManifest(key)).toEqual(manifest(key, key));
    await expectRefusal(() => storage.storeGType(gtype(`${key}k`)), "INVALID_INPUT");
  });

  test("S4: NUL and lone surrogates in documents, alone and in a batch", async () => {
    const { module } = await open();
    const { exports: storage } = module;
    await storage.storeGType(gtype("one", NUL_AND_SURROGATES));
    await Promise.all(["two", "three"].map((ref) => storage.storeGType(gtype(ref, NUL_AND_SURROGATES))));
    for (const ref of ["one", "two", "three"]) {
      expect(await storage.getGType(ref)).toEqual(gtype(ref, NUL_AND_SURROGATES));
    }
    await storage.storeGType(gtype("quotes", { text: `{"a",\\"b\\",NULL,'} ${"\\".repeat(9)}` }));
    await Promise.all(
      [1, 2].map((n) => storage.storeGType(gtype(`q${n}`, { text: `{"a",\\"b\\",NULL,'}`, n }))),
    );
    expect(await storage.getGType("q2")).toEqual(gtype("q2", { text: `{"a",\\"b\\",NULL,'}`, n: 2 }));
  });

  test("documents as long as can be, four in one turn; longer ones are TOO_LARGE, and those beside them stay", async () => {
    const { module, longest } = await open();
    const { exports: storage } = module;
    const body = "x".repeat(await longest());
    await Promise.all([1, 2, 3, 4].map((n) => storage.storeGType(gtype(`big${n}`, { body, n }))));
    for (const n of [1, 4]) {
      const found = (await storage.getGType(`big${n}`)) as unknown as { body: string; n: number };
      expect(found.n).toBe(n);
      expect(found.body === body).toBe(true);
    }
    const settled = await Promise.allSettled(
      ["fits", "bigger", "fits too"].map((ref) =>
        storage.storeGType(gtype(ref, ref === "bigger" ? { body: `${body}${"x".repeat(4_000)}` } : {})),
      ),
    );
    expect(settled.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(settled[1]).toMatchObject({
      reason: { code: "TOO_LARGE", outcome: "not-written", retryable: false },
    });
    expect(storage.getStats().gtypeCount).toBe(6);
    expect(await module.refreshStats()).toEqual(storage.getStats());
  });

  test("a thousand rows of one turn, some twice, in the order of the calls", async () => {
    const { module } = await open();
    const { exports: storage } = module;
    const ids = Array.from({ length: 1_000 }, (_, n) => `h${(n * 3) % 700}`);
    await Promise.all(ids.map((handlerId, n) => storage.storeHookManifest(doc({ handlerId, hooks: [], n }))));
    const stored = (await storage.listHookManifests()).map(({ handlerId }) => handlerId);
    expect(stored).toEqual([...new Set(ids)]);
    expect(module.exports.getStats().hookManifestCount).toBe(700);
    expect(await module.refreshStats()).toEqual(storage.getStats());
  });

  test("S10: counts are this instance's own since the last look", async () => {
    const { module } = await open();
    const { exports: storage } = module;
    await storage.storeGType(gtype("a"));
    await storage.storeGType(gtype("a", { again: true }));
    await Promise.all(["a", "b", "b", "c"].map((ref) => storage.storeGType(gtype(ref))));
    expect(storage.getStats().gtypeCount).toBe(3);
    expect(await module.refreshStats()).toEqual(storage.getStats());
  });
});
