import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const ROOT = path.resolve(HERE, "../..");
const BIN = path.join(ROOT, "codegen/dist/bin.js");
// Inside the project, so that what is emitted finds the kit and the drivers.
const TEMPORARY = path.join(HERE, ".tmp");

let folder: string;
let number = 0;

beforeAll(() => {
  fs.mkdirSync(TEMPORARY, { recursive: true });
  folder = fs.mkdtempSync(path.join(TEMPORARY, "cli-"));
});

afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function codegen(args: readonly string[], cwd: string = ROOT): Result {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  return { code: status, out: stdout, err: stderr };
}

/** A copy of the foreign project, in a folder of its own. */
function foreignProject(): {
  schema: string;
  out: string;
  edit(file: string, change: (text: string) => string): void;
} {
  const home = path.join(folder, `project-${number++}`);
  fs.cpSync(path.join(HERE, "foreign"), home, { recursive: true });
  fs.writeFileSync(path.join(home, "package.json"), '{ "name": "foreign", "type": "module" }\n');
  return {
    schema: path.join(home, "jobs.schema.ts"),
    out: path.join(home, "out"),
    edit(file, change) {
      const target = path.join(home, file);
      const text = fs.readFileSync(target, "utf8");
      const changed = change(text);
      expect(changed).not.toBe(text);
      fs.writeFileSync(target, changed);
    },
  };
}

function snapshot(out: string): Map<string, string> {
  const files = fs
    .readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile());
  return new Map(
    files
      .map((entry) => path.join(entry.parentPath, entry.name))
      .toSorted()
      .map((file) => [path.relative(out, file), fs.readFileSync(file, "utf8")]),
  );
}

describe("storage-codegen on Gati's spec", () => {
  it("finds the committed files fresh", () => {
    const { code, out, err } = codegen(["--check"]);
    expect(err).toBe("");
    expect(out).toContain("generated is up to date with schema/gati.ts");
    expect(code).toBe(0);
  });

  it("emits the same bytes into another folder, from another working directory", () => {
    const out = path.join(folder, "elsewhere");
    const { code } = codegen(["--schema", path.join(ROOT, "schema/gati.ts"), "--out", out], HERE);
    expect(code).toBe(0);
    const emitted = snapshot(out);
    expect(emitted.size).toBeGreaterThan(30);
    for (const [file, text] of emitted) {
      expect(text, file).toBe(fs.readFileSync(path.join(ROOT, "generated", file), "utf8"));
    }
  });
});

describe("storage-codegen on another project's spec", () => {
  it("emits a plain folder of modules that compiles and answers", () => {
    const { schema, out } = foreignProject();
    const all = ["--backends", "all"];
    expect(codegen(["--schema", schema, "--out", out, ...all])).toMatchObject({ code: 0, err: "" });
    fs.writeFileSync(
      path.join(out, "..", "tsconfig.json"),
      JSON.stringify({
        extends: path.join(ROOT, "tsconfig.base.json"),
        compilerOptions: { composite: false, outDir: "dist", rootDir: ".", noUnusedLocals: true },
        include: ["out", "*.ts"],
      }),
    );
    const tsc = path.join(ROOT, "node_modules/.bin/tsc");
    execFileSync(tsc, ["-p", path.dirname(out)], { encoding: "utf8", stdio: "pipe" });

    const answers = execFileSync(
      process.execPath,
      [
        "--input-type=module",
        "--eval",
        `
        import { createInMemoryJournal } from "./dist/out/journal/index.js";
        import { createBetterSqliteJournal } from "./dist/out/journal-better-sqlite3/index.js";
        const job = (number, priority, runAt, done = false) =>
          ({ queue: "mail", number, done, priority, runAt, label: "a", payload: { command: "send", args: [number] } });
        for (const { exports, shutdown } of [createInMemoryJournal(), createBetterSqliteJournal({ filename: ":memory:" })]) {
          await Promise.all([job(1, 1), job(2, 5, 20), job(3, 5), job(4, 5, 10), job(5, 9, 0, true)].map(exports.put));
          await exports.take({ name: "a", exclusive: false, holder: "me" });
          console.log(JSON.stringify([
            (await exports.ofQueue("mail")).map((item) => item.number),
            (await exports.labelled("a", false)).map((item) => item.number),
            (await exports.everything()).map((item) => item.number),
            (await exports.find("mail", false)).number,
            (await exports.find("mail", true, 5)).number,
            await exports.holder(true, "a"), (await exports.holder(false, "a")).holder,
            exports.getStats(),
          ]));
          await shutdown();
        }`,
      ],
      { cwd: path.dirname(out), encoding: "utf8" },
    );
    // Greatest priority first; among equals the earliest, and one without a time before any.
    const expected = JSON.stringify([
      [5, 3, 4, 2, 1],
      [3, 4, 2, 1],
      [5, 3, 4, 2, 1],
      1,
      5,
      null,
      "me",
      { jobs: 5, leases: 1 },
    ]);
    expect(answers).toBe(`${expected}\n${expected}\n`);
  });

  it.each([
    "good-generics",
    "good-recursive",
    "good-every-shape",
    "good-enums-and-unions",
    "good-local-types",
  ])("emits what compiles from the golden spec %s", (name) => {
    const home = path.join(folder, name);
    fs.cpSync(path.join(HERE, "cases", name), home, { recursive: true });
    fs.writeFileSync(path.join(home, "package.json"), '{ "name": "golden", "type": "module" }\n');
    const out = path.join(home, "out");
    const backends = `all,${path.join(ROOT, "codegen/skeletons")}`;
    const args = ["--schema", path.join(home, "spec.ts"), "--out", out, "--backends", backends];
    expect(codegen(args)).toMatchObject({ code: 0, err: "" });
    fs.writeFileSync(
      path.join(home, "tsconfig.json"),
      JSON.stringify({
        extends: path.join(ROOT, "tsconfig.base.json"),
        compilerOptions: { composite: false, noEmit: true },
        include: ["out", "*.ts"],
      }),
    );
    const { status, stdout } = spawnSync(path.join(ROOT, "node_modules/.bin/tsc"), ["-p", home], {
      encoding: "utf8",
    });
    expect(stdout).toBe("");
    expect(status).toBe(0);
  });

  it("writes nothing on an unchanged tree, and only what follows from a change", () => {
    const { schema, out, edit } = foreignProject();
    codegen(["--schema", schema, "--out", out]);
    const first = snapshot(out);
    const again = codegen(["--schema", schema, "--out", out]);
    expect(again.out).toMatch(/\d+ files, all up to date\n$/);
    expect(again.out).not.toContain("write");

    edit("jobs.schema.ts", (text) => text.replace("holder: get(", "holderOf: get("));
    const renamed = codegen(["--schema", schema, "--out", out]);
    expect(renamed.code).toBe(0);
    const second = snapshot(out);
    const changed = [...second].filter(([file, text]) => first.get(file) !== text).map(([file]) => file);
    expect(changed.length).toBeGreaterThan(3);
    for (const file of changed) {
      // Undone by the opposite renaming: nothing else has changed.
      const undone = second.get(file)?.replaceAll("holderOf", "holder");
      expect(undone?.replaceAll(/\s+/g, ""), file).toBe(first.get(file)?.replaceAll(/\s+/g, ""));
    }
  });

  it("prunes what it no longer emits, and leaves files of others alone", () => {
    const { schema, out, edit } = foreignProject();
    codegen(["--schema", schema, "--out", out]);
    const lease = path.join(out, "journal/in-memory/lease-table.ts");
    const foreign = path.join(out, "journal/notes.ts");
    fs.writeFileSync(foreign, "export const mine = true;\n");
    edit("jobs.schema.ts", (text) => text.replace(/ {4}\/\*\* Leases[\s\S]*?\n {4}\}\),\n/, ""));
    edit("jobs.schema.ts", (text) => text.replace("Job, Lease", "Job"));

    const checked = codegen(["--schema", schema, "--out", out, "--check"]);
    expect(checked.code).toBe(1);
    expect(checked.out).toContain("lease-table.ts: no longer generated");
    expect(checked.out).toContain("notes.ts: not generated");
    expect(fs.existsSync(lease)).toBe(true);

    const written = codegen(["--schema", schema, "--out", out]);
    expect(written.code).toBe(0);
    expect(written.out).toMatch(/remove .*lease-table\.ts/);
    expect(written.err).toContain("notes.ts: not generated, so it is left alone");
    expect(fs.existsSync(lease)).toBe(false);
    expect(fs.existsSync(foreign)).toBe(true);
  });

  it("shows with --check what was edited by hand, as a unified diff, and changes nothing", () => {
    const { schema, out } = foreignProject();
    codegen(["--schema", schema, "--out", out]);
    const contract = path.join(out, "journal/contract.ts");
    const edited = fs.readFileSync(contract, "utf8").replace("jobs: number", "jobs: bigint");
    fs.writeFileSync(contract, edited);
    const { code, out: shown, err } = codegen(["--schema", schema, "--out", out, "--check"]);
    expect(code).toBe(1);
    expect(shown).toContain("--- a/journal/contract.ts");
    expect(shown).toContain("-  jobs: bigint;\n+  jobs: number;");
    expect(err).toContain("1 file differs; run");
    expect(fs.readFileSync(contract, "utf8")).toBe(edited);
  });

  it("writes nothing when the spec is wrong, and tells every mistake", () => {
    const { schema, out, edit } = foreignProject();
    edit("jobs.schema.ts", (text) =>
      text.replace('key: ["name", "exclusive"]', 'key: ["nmae", "exclusive"]'),
    );
    edit("jobs.schema.ts", (text) => text.replace('asc("runAt")', 'asc("payload")'));
    const { code, err } = codegen(["--schema", schema, "--out", out]);
    expect(code).toBe(1);
    expect(err).toContain("did you mean `name`?");
    expect(err).toContain("order-not-scalar");
    expect(err).toContain("nothing was written");
    expect(fs.existsSync(out)).toBe(false);
  });

  it("follows a new kind of fewer than fifteen lines, with a key, an order and two reads", () => {
    const { schema, out, edit } = foreignProject();
    const kind = [
      "    /** Workers, by name. */",
      "    worker: entity<Worker>({",
      '      key: ["name"],',
      '      order: [desc("since")],',
      '      count: "workers",',
      "      methods: {",
      "        join: store(),",
      '        worker: get({ name: "name" }),',
      "        workers: list(),",
      "      },",
      "    }),",
    ];
    expect(kind.length).toBeLessThan(15);
    edit("job.ts", (text) => `${text}\nexport interface Worker {\n  name: string;\n  since: number;\n}\n`);
    edit("jobs.schema.ts", (text) =>
      text
        .replace("Job, Lease", "Job, Lease, Worker")
        .replace("    /** Leases", `${kind.join("\n")}\n    /** Leases`),
    );
    expect(codegen(["--schema", schema, "--out", out, "--backends", "all"]).code).toBe(0);
    const files = snapshot(out);
    for (const [file, text] of [
      ["journal/contract.ts", "workers(): Promise<Worker[]>"],
      ["journal/in-memory/worker-table.ts", "class WorkerTable"],
      ["journal-sql/queries.ts", "putWorker"],
      ["journal-better-sqlite3/backend.ts", "putWorker"],
    ] as const) {
      expect(files.get(file), file).toContain(text);
    }
  });
});

describe("the command line", () => {
  it("has help, a version, and exit code 2 for what it does not know", () => {
    expect(codegen(["--help"])).toMatchObject({ code: 0, err: "" });
    expect(codegen(["--version"]).out).toBe("0.1.0\n");
    const unknown = codegen(["--chekc"]);
    expect(unknown.code).toBe(2);
    expect(unknown.err).toContain("Did you mean --check?");
    expect(codegen(["--schema"]).code).toBe(2);
  });
});
