import fs from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { codeBlocks, installLines, outside } from "./outside.js";
import { printed } from "./programs.js";
import { complaints, succeeded } from "./project.js";

const world = outside();

describe("@gati-framework/storage-sql", () => {
  it("keeps documents in a Kysely that somebody already has", async () => {
    const project = world.project("sql");
    for (const words of installLines(world.packageNamed("@gati-framework/storage-sql")))
      await project.install(...words);
    expect(project.installed().withScripts).toEqual([]);
    for (const name of [
      "better-sqlite3",
      "@types/better-sqlite3",
      "@types/node",
      "@gati-framework/runtime",
    ]) {
      project.link(name);
    }
    project.write(
      "own.ts",
      `
        import { createKyselyStorage } from "@gati-framework/storage-sql";
        import Database from "better-sqlite3";
        import { Kysely, SqliteDialect } from "kysely";

        const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: new Database(":memory:") }) });
        const storage = createKyselyStorage({ db, dialect: "sqlite" });
        await storage.exports.storeGType({ ref: "Order", kind: "object" });
        console.log(JSON.stringify({ read: await storage.exports.getGType("Order") }));
        await storage.shutdown();
      `,
    );
    expect(complaints(await project.tsc(["node"]))).toEqual([]);
    expect(printed(await project.node("own.js"))).toEqual({ read: { ref: "Order", kind: "object" } });
  });
});

describe("@gati-framework/storage-testing", () => {
  it("proves somebody's storage under node:test", async () => {
    const project = world.project("testing");
    for (const words of installLines(world.packageNamed("@gati-framework/storage-testing"))) {
      await project.install(...words);
    }
    expect(project.installed().withScripts).toEqual([]);
    for (const name of ["@types/node", "@gati-framework/runtime"]) project.link(name);
    project.write(
      "own.ts",
      `
        import { describe, it } from "node:test";
        import { createInMemoryStorage } from "@gati-framework/storage";
        import { registerConformance } from "@gati-framework/storage-testing";

        registerConformance(
          { describe, it },
          {
            name: "own",
            async create() {
              const module = createInMemoryStorage();
              return { module, destroy: () => module.shutdown() };
            },
          },
        );
      `,
    );
    expect(complaints(await project.tsc(["node"]))).toEqual([]);
    const said = succeeded(await project.node("--test", "--test-reporter=tap", "own.js"));
    expect(Number(/^# pass (\d+)$/m.exec(said)?.[1])).toBeGreaterThan(100);
    expect(said).toMatch(/^# fail 0$/m);
    expect(said).toMatch(/^# skipped 0$/m);
  });
});

describe("@gati-framework/storage-codegen", () => {
  it("generates, outside this repository, a storage that compiles strictly and works, as its README tells", async () => {
    const codegen = world.packageNamed("@gati-framework/storage-codegen");
    const project = world.project("codegen");
    for (const words of installLines(codegen)) await project.install(...words);
    expect(project.installed().withScripts).toEqual([]);
    project.link("@types/node");

    const [spec] = codeBlocks(codegen, "ts");
    project.write("app.schema.ts", spec ?? "");
    const [command = "", ...words] =
      codeBlocks(codegen, "sh")
        .find((block) => block.includes("storage-codegen --schema"))
        ?.trim()
        .split(" ") ?? [];
    succeeded(await project.run(command, ...words));
    expect(succeeded(await project.run(command, ...words, "--check"))).toContain("up to date");

    project.write(
      "own.ts",
      `
        import type { Note } from "./app.schema.js";
        import { createInMemoryNotes } from "./src/storage/notes/index.js";

        const notes = createInMemoryNotes();
        const note: Note = { notebook: "home", title: "bread", writtenAt: 2 };
        await notes.exports.storeNote(note);
        console.log(JSON.stringify({ read: await notes.exports.listNotes("home") }));
      `,
    );
    const compiled = await project.tsc(["node"], ["**/*.ts"]);
    expect(complaints(compiled)).toEqual([]);
    expect(printed(await project.node("own.js"))).toEqual({
      read: [{ notebook: "home", title: "bread", writtenAt: 2 }],
    });
    const emitted = fs.readFileSync(path.join(project.folder, "src/storage/notes/index.ts"), "utf8");
    expect(emitted).not.toContain(project.folder);
  });
});
