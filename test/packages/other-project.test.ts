import fs from "node:fs";
import path from "node:path";

import { beforeAll, describe, expect, it } from "vitest";

import { DRIVERS } from "./backends.js";
import { outside } from "./outside.js";
import { ROOT } from "./packed.js";
import { printed } from "./programs.js";
import { complaints, type Project, succeeded } from "./project.js";

const world = outside();
const CODEGEN = "@gati-framework/storage-codegen";
const FILES = ["src/**/*.ts", "*.ts"];

/** Somebody's bundler resolves otherwise than Node does. */
const BUNDLER = { module: "esnext", moduleResolution: "bundler", noEmit: true };

const NOTES = `
  import { asc, defineSchema, entity, get, list, store } from "@gati-framework/storage-codegen";

  export interface Note { notebook: string; title: string; writtenAt: number }

  export default defineSchema({
    name: "app", contract: "Store", stats: "StoreStats", module: "store",
    entities: {
      note: entity<Note>({
        key: ["notebook", "title"], order: [asc("writtenAt")], count: "notes",
        methods: {
          storeNote: store(),
          getNote: get({ notebook: "notebook", title: "title" }),
          listNotes: list({ notebook: "notebook" }),
        },
      }),
    },
  });
`;

/** Keeps one note in each of these storages, and prints what is read back. */
function program(opened: readonly (readonly [module: string, factory: string, options: string])[]): string {
  const imports = opened.map(
    ([module, factory]) => `import { ${factory} } from "./storage/${module}/index.js";`,
  );
  const calls = opened.map(([, factory, options]) => `${factory}(${options})`);
  return `
    import type { Note } from "./app.schema.js";
    ${imports.join("\n")}

    const note: Note = { notebook: "home", title: "bread", writtenAt: 2 };
    const read: unknown[] = [];
    for (const storage of [${calls.join(", ")}]) {
      await storage.exports.storeNote(note);
      read.push(await storage.exports.listNotes("home"));
      await storage.shutdown();
    }
    console.log(JSON.stringify({ read }));
  `;
}

describe("an empty project", () => {
  let project: Project;
  const storageCodegen = (...args: string[]) =>
    project.run("npx", "--no-install", "storage-codegen", ...args);

  beforeAll(async () => {
    project = world.project("begun");
    await project.install("--save-dev", CODEGEN);
  });

  it("is begun with one command, which says what to do next", async () => {
    const said = succeeded(await storageCodegen("init", "--backends", "better-sqlite3,sqljs"));
    expect(said).toContain("npm run storage");
    // Compiling it takes a minute: the workspace's is taken instead.
    await project.install("--ignore-scripts");
    project.link("better-sqlite3");
    expect(project.installed().all).toEqual(expect.arrayContaining(["kysely", "sql.js", "fast-check"]));
  });

  it("generates what compiles strictly, for Node and for bundlers", async () => {
    expect(succeeded(await project.run("npm", "run", "storage"))).not.toContain("npm install");
    expect(complaints(await project.tsc(["node"], FILES, BUNDLER))).toEqual([]);
    project.write(
      "src/own.ts",
      program([
        ["store", "createInMemoryStore", ""],
        ["store-better-sqlite3", "createBetterSqliteStore", `{ filename: "native.db" }`],
        ["store-sqljs", "createSqlJsStore", `{ filename: "wasm.db", autoSave: true }`],
      ]),
    );
    expect(complaints(await project.tsc(["node"], FILES))).toEqual([]);
    const note = { notebook: "home", title: "bread", writtenAt: 2 };
    expect(printed(await project.node("src/own.js"))).toEqual({ read: [[note], [note], [note]] });
  });

  it("proves its storages with the tests that were generated", async () => {
    project.write(
      "src/proof.ts",
      `
        import { describe, it } from "node:test";
        import { createBetterSqliteStore } from "./storage/store-better-sqlite3/index.js";
        import { registerConformance } from "./storage/store-testing/index.js";

        registerConformance(
          { describe, it },
          {
            name: "own",
            async create() {
              const module = createBetterSqliteStore({ filename: ":memory:" });
              return { module, destroy: () => module.shutdown() };
            },
          },
        );
      `,
    );
    expect(complaints(await project.tsc(["node"], FILES))).toEqual([]);
    const said = succeeded(await project.node("--test", "--test-reporter=tap", "src/proof.js"));
    expect(Number(/^# pass (\d+)$/m.exec(said)?.[1])).toBeGreaterThan(50);
    expect(said).toMatch(/^# fail 0$/m);
    expect(said).toMatch(/^# skipped 0$/m);
  });

  it("is told by --check when a new kind is not generated yet", async () => {
    fs.rmSync(path.join(project.folder, "src/storage"), { recursive: true });
    succeeded(await storageCodegen());
    expect(succeeded(await project.run("npm", "run", "storage:check"))).toContain("up to date");
    succeeded(await storageCodegen("new-entity", "invoice"));
    expect(await storageCodegen("--check")).toMatchObject({ code: 1 });
    succeeded(await storageCodegen());
    succeeded(await storageCodegen("--check"));
    expect(complaints(await project.tsc(["node"], FILES))).toEqual([]);
  });

  it("begins nothing where something is", async () => {
    const { code, err } = await storageCodegen("init");
    expect(code).toBe(2);
    expect(err).toContain("src/app.schema.ts and storage-codegen.config.ts are there already");
  });
});

/** A package with types in it; npm removes what it has not installed itself. */
function writeShapes(project: Project): void {
  project.write(
    "node_modules/@acme/shapes/package.json",
    JSON.stringify({ name: "@acme/shapes", version: "1.0.0", type: "module", types: "index.d.ts" }),
  );
  project.write(
    "node_modules/@acme/shapes/index.d.ts",
    `
      /** A tree. */
      export interface Tree<Leaf> { readonly id: string; readonly leaf: Leaf; readonly below?: readonly Tree<Leaf>[] }
    `,
  );
}

describe("a project with types of its own and of a package", () => {
  let project: Project;

  beforeAll(async () => {
    project = world.project("typed");
    await project.install("--save-dev", CODEGEN);
    writeShapes(project);
    project.write(
      "src/types.ts",
      `
        export type Event = { id: string; at: number } & ({ kind: "made" } | { kind: "moved"; to: readonly [number, number] });
        export interface Page<Item> { number: number; final: boolean; items: Item[] }
        export type Line = Pick<Event, "id" | "at"> & { text: string | null };
      `,
    );
    project.write(
      "src/app.schema.ts",
      `
        import type { Tree } from "@acme/shapes";
        import { asc, defineSchema, entity, get, list, store } from "@gati-framework/storage-codegen";
        import type { Event, Line, Page } from "./types.js";

        export default defineSchema({
          name: "app", contract: "Store", stats: "StoreStats", module: "store",
          entities: {
            event: entity<Event>({
              key: ["id"], order: [asc("at")], count: "events",
              methods: { putEvent: store(), event: get({ id: "id" }), events: list() },
            }),
            page: entity<Page<Line>>({
              key: ["number", "final"], count: "pages",
              methods: { putPage: store(), page: get({ number: "number", final: "final" }) },
            }),
            tree: entity<Tree<{ name: string }>>({
              key: ["id"], count: "trees",
              methods: { putTree: store(), tree: get({ id: "id" }), trees: list() },
            }),
          },
        });
      `,
    );
  });

  it("is told what to install, and no more", async () => {
    const { code, out } = await project.run(
      "npx",
      ..."--no-install storage-codegen --schema src/app.schema.ts --out src/storage --backends all".split(
        " ",
      ),
    );
    expect(code).toBe(0);
    const commands = out
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line.startsWith("npm install"));
    expect(commands).toHaveLength(2);
    expect(commands[0]?.split(" ")).toEqual(expect.arrayContaining(["kysely", ...DRIVERS]));
    const named = commands.flatMap((command) => command.split(" ").slice(2));
    await project.install(...named.filter((name) => !DRIVERS.includes(name)));
    writeShapes(project);
  });

  it("compiles and is imported without any driver, and says which one is missing when it is opened", async () => {
    const names = { "better-sqlite3": "BetterSqlite", "sql.js": "SqlJs", pg: "Postgres" };
    const modules = { "better-sqlite3": "better-sqlite3", "sql.js": "sqljs", pg: "postgres" };
    const options = {
      "better-sqlite3": `{ filename: "a.db" }`,
      "sql.js": `{ filename: "b.db" }`,
      pg: `{ connectionString: "postgres://nobody@127.0.0.1/none" }`,
    };
    const drivers = ["better-sqlite3", "sql.js", "pg"] as const;
    project.write(
      "src/own.ts",
      `
        import { createInMemoryStore } from "./storage/store/index.js";
        ${drivers.map((driver) => `import { create${names[driver]}Store } from "./storage/store-${modules[driver]}/index.js";`).join("\n")}

        const tree = { id: "a", leaf: { name: "b" }, below: [{ id: "c", leaf: { name: "d" } }] };
        const memory = createInMemoryStore();
        await memory.exports.putTree(tree);
        const hints: string[] = [];
        for (const make of [${drivers.map((driver) => `() => create${names[driver]}Store(${options[driver]})`).join(", ")}]) {
          await make().exports.putTree(tree).catch((error: { hint: string }) => hints.push(error.hint));
        }
        console.log(JSON.stringify({ read: [await memory.exports.tree("a"), hints] }));
      `,
    );
    expect(complaints(await project.tsc(["node"], FILES, BUNDLER))).toEqual([]);
    expect(complaints(await project.tsc(["node"], FILES))).toEqual([]);
    const { read } = printed(await project.node("src/own.js"));
    expect(read).toEqual([
      { id: "a", leaf: { name: "b" }, below: [{ id: "c", leaf: { name: "d" } }] },
      drivers.map((driver) => expect.stringContaining(`npm install ${driver}`)),
    ]);
  });
});

/** What the guide tells to write: a line of the config, a descriptor, a template, a test. */
function guideBlocks(): readonly [string, string, string, string] {
  const guide = fs.readFileSync(path.join(ROOT, "docs/new-backend.md"), "utf8");
  const blocks = [...guide.matchAll(/^```(?:ts|text)\n(.*?)^```$/gms)].map(([, text = ""]) => text);
  expect(blocks).toHaveLength(4);
  return blocks as unknown as [string, string, string, string];
}

describe("a project with a backend of its own", () => {
  let project: Project;
  const storageCodegen = (...args: string[]) =>
    project.run("npx", "--no-install", "storage-codegen", ...args);
  const prove = () => project.node("--test", "--test-reporter=tap", "src/mongo.test.js");

  beforeAll(async () => {
    project = world.project("extended");
    await project.install("--save-dev", CODEGEN, "@gati-framework/storage-kit", "fast-check");
    project.link("@types/node");
    // A spec that uses most of what there is.
    fs.cpSync(path.join(ROOT, "test/foreign/journal"), path.join(project.folder, "src"), { recursive: true });
    project.write(
      "storage-codegen.config.json",
      JSON.stringify({ schema: "src/journal.schema.ts", out: "src/storage", backends: ["./backends"] }),
    );
  });

  it("begins it with a folder that generates, compiles strictly and passes every case", async () => {
    expect(succeeded(await storageCodegen("new-backend", "mongo"))).toContain("src/mongo.test.ts");
    succeeded(await storageCodegen());
    succeeded(await storageCodegen("--check"));
    const strictest = { noUnusedLocals: true, noUnusedParameters: true };
    expect(complaints(await project.tsc(["node"], FILES, strictest))).toEqual([]);
    const said = succeeded(await prove());
    expect(Number(/^# pass (\d+)$/m.exec(said)?.[1])).toBeGreaterThan(200);
    expect(said).toMatch(/^# fail 0$/m);
    expect(said).toMatch(/^# skipped 0$/m);
  });

  it("is told by the suite where it fills a place wrongly", async () => {
    const file = "backends/mongo/connection.ts.hbs";
    const text = fs.readFileSync(path.join(project.folder, file), "utf8");
    // A row that is overwritten goes to the end.
    project.write(
      file,
      text.replace("rows.get(JSON.stringify(key))?.position ?? this.#positions++", "this.#positions++"),
    );
    succeeded(await storageCodegen());
    expect(complaints(await project.tsc(["node"], FILES))).toEqual([]);
    const { code, out } = await prove();
    expect(code).toBe(1);
    expect(out).toMatch(/not ok .*S6/);
  });

  it("passes every case with the guide's files for a Kysely dialect", async () => {
    const [config, descriptor, template, test] = guideBlocks();
    expect(config).toContain('"./backends"');
    const spec = "src/app.schema.ts";
    project.write("backends/my-sqlite/backend.ts", descriptor);
    project.write("backends/my-sqlite/index.ts.hbs", template);
    project.write(spec, NOTES);
    for (const name of ["better-sqlite3", "@types/better-sqlite3", "kysely"]) project.link(name);
    project.link("lru-cache", path.join(ROOT, "generated/storage-sql"));
    const args = ["--schema", spec, "--out", "guide/storage", "--backends", "./backends"];
    succeeded(await storageCodegen(...args));
    project.write("guide/my-sqlite.test.ts", test);
    expect(complaints(await project.tsc(["node"], [spec, "guide/**/*.ts"]))).toEqual([]);
    const said = succeeded(await project.node("--test", "--test-reporter=tap", "guide/my-sqlite.test.js"));
    expect(Number(/^# pass (\d+)$/m.exec(said)?.[1])).toBeGreaterThan(50);
    expect(said).toMatch(/^# fail 0$/m);
  });

  it("makes no second one of the same name", async () => {
    const { code, err } = await storageCodegen("new-backend", "mongo");
    expect(code).toBe(2);
    expect(err).toContain("backends/mongo is there already");
  });
});
