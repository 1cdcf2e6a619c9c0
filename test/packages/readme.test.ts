import { beforeAll, describe, expect, it } from "vitest";

import { codeBlocks, outside } from "./outside.js";
import { complaints, type Project, succeeded } from "./project.js";

const world = outside();

/** What the samples import beside our packages; the workspace has it. */
const OTHERS = [
  "kysely",
  "pg",
  "sql.js",
  "better-sqlite3",
  "fast-check",
  "vitest",
  "@gati-framework/runtime",
];

let project: Project;

beforeAll(async () => {
  project = world.project("everything");
  await project.install(...world.packed.map(({ manifest }) => manifest.name));
  for (const name of [...OTHERS, "@types/node", "@types/pg"]) project.link(name);
});

const entries = world.packed.flatMap(({ manifest }) =>
  Object.keys(manifest.exports ?? {}).map((entry) => manifest.name + entry.slice(1)),
);

describe("every entry point", () => {
  it.each(entries)("%s is imported by itself, and has something to offer", async (entry) => {
    const file = `entry-${entry.replaceAll(/\W+/g, "-")}.js`;
    project.write(file, `console.log(Object.keys(await import("${entry}")).length);`);
    expect(Number(succeeded(await project.node(file)))).toBeGreaterThan(0);
  });

  it("has declarations that compile strictly", async () => {
    const lines = entries.map((entry, index) => `export * as entry${index} from "${entry}";`);
    project.write("entries/all.ts", lines.join("\n"));
    expect(complaints(await project.tsc([], ["entries/all.ts"]))).toEqual([]);
  });
});

describe("the README", () => {
  const samples = world.packed.flatMap((one) =>
    codeBlocks(one, "ts").map((sample, index) => ({ name: one.manifest.name, number: index + 1, sample })),
  );

  it.each(world.packed.map((one) => ({ name: one.manifest.name, one })))(
    "of $name names the package, and shows how it is used",
    ({ name, one }) => {
      expect(codeBlocks(one, "ts").some((sample) => sample.includes(`"${name}`))).toBe(true);
    },
  );

  it("has samples that compile strictly", async () => {
    // The storage of a backend's author, which a sample proves.
    project.write(
      "samples/my-storage.ts",
      [
        'import { createInMemoryStorage, type StorageModule } from "@gati-framework/storage";',
        "export const createMyStorage = (_filename?: string): StorageModule => createInMemoryStorage();",
        "export declare function temporaryFile(): string;",
        "export declare function removeFile(filename: string): void;",
      ].join("\n"),
    );
    project.write(
      "samples/my-backend.ts",
      [
        'import type { StorageInitializer } from "@gati-framework/storage-testing";',
        "export declare const myBackend: StorageInitializer;",
      ].join("\n"),
    );
    for (const { name, number, sample } of samples) {
      project.write(`samples/${name.replace(/^.*\//, "")}-${number}.ts`, sample);
    }
    expect(samples.length).toBeGreaterThanOrEqual(world.packed.length);
    expect(complaints(await project.tsc(["node"], ["samples/*.ts"]))).toEqual([]);
  });
});
