import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { run } from "../src/cli.js";

// Inside the project, so that specs find the language.
const TEMPORARY = path.join(import.meta.dirname, ".tmp");

let folder: string;

beforeAll(() => {
  fs.mkdirSync(TEMPORARY, { recursive: true });
  folder = fs.mkdtempSync(path.join(TEMPORARY, "history-"));
});

afterAll(() => fs.rmSync(folder, { recursive: true }));

const SPEC = `import { asc, defineSchema, entity, get, list, store } from "@gati-framework/storage-codegen";

export interface Job {
  id: string;
  queue: string;
  createdAt: number;
}

export default defineSchema({
  name: "jobs",
  version: 1,

  contract: "JobStore",
  stats: "JobStats",

  entities: {
    job: entity<Job>({
      key: ["id"],
      order: [asc("createdAt")],

      count: "jobs",
      methods: {
        storeJob: store(),
        getJob: get({ id: "id" }),

        jobsOf: list({ queue: "queue" }),
      },
    }),
  },
});
`;

/** A git repository with a spec. */
class Repository {
  readonly home: string;

  constructor(name: string) {
    this.home = path.join(folder, name);
    fs.mkdirSync(this.home);
    this.git("init", "--quiet", "--initial-branch", "main");
    this.git("config", "user.name", "test");
    this.git("config", "user.email", "test@localhost");
    fs.writeFileSync(path.join(this.home, "package.json"), '{ "name": "jobs", "type": "module" }\n');
    fs.writeFileSync(path.join(this.home, "jobs.schema.ts"), SPEC);
  }

  git(...args: readonly string[]): string {
    return execFileSync("git", args, { cwd: this.home, encoding: "utf8", stdio: "pipe" });
  }

  /** Runs a merge; whether git found no conflict. */
  merges(branch: string): boolean {
    try {
      this.git("merge", "--quiet", "--no-edit", branch);
      return true;
    } catch {
      return false;
    }
  }

  edit(...changes: readonly (readonly [before: string, after: string])[]): void {
    const file = path.join(this.home, "jobs.schema.ts");
    let text = fs.readFileSync(file, "utf8");
    for (const [before, after] of changes) {
      expect(text).toContain(before);
      text = text.replace(before, after);
    }
    fs.writeFileSync(file, text);
  }

  commit(): void {
    this.git("add", "--all");
    this.git("commit", "--quiet", "--message", "Change the spec");
  }

  async codegen(...args: readonly string[]): Promise<{ code: number; text: string }> {
    const lines: string[] = [];
    const stream = (text: string): void => void lines.push(text);
    const schema = ["--schema", path.join(this.home, "jobs.schema.ts")];
    const out = ["release", "plan"].includes(args[0] ?? "")
      ? []
      : ["--out", path.join(this.home, "generated"), "--backends", "all"];
    const code = await run([...args, ...schema, ...out], { streams: { out: stream, err: stream } });
    return { code, text: lines.join("\n") };
  }

  /** Generates, releases if asked to, and commits. */
  async publish(release: boolean): Promise<void> {
    expect(await this.codegen()).toMatchObject({ code: 0 });
    if (release) expect(await this.codegen("release")).toMatchObject({ code: 0 });
    this.commit();
  }
}

const VERSION_2 = ["version: 1", "version: 2"] as const;
const BY_QUEUE = ['[asc("createdAt")]', '[asc("queue")]'] as const;
const BY_CREATION = ['list({ queue: "queue" })', 'list({ createdAt: "createdAt" })'] as const;

/** Two branches that each change version 1, and release the change or not. */
async function twoBranches(name: string, released: readonly [boolean, boolean]): Promise<Repository> {
  const repository = new Repository(name);
  await repository.publish(true);
  repository.git("branch", "theirs");
  repository.edit(VERSION_2, BY_QUEUE);
  await repository.publish(released[0]);
  repository.git("checkout", "--quiet", "theirs");
  repository.edit(VERSION_2, BY_CREATION);
  await repository.publish(released[1]);
  repository.git("checkout", "--quiet", "main");
  return repository;
}

/** Ends a merge: of files that are in conflict, this branch's, but the spec's as `git` merges them. */
function keepOurs(repository: Repository): void {
  repository.git("checkout", "--ours", "--", "generated");
  repository.git("add", "generated");
}

describe("two branches that both changed the spec", () => {
  it("neither released: the spec merges, and --check finds stale what was generated", async () => {
    const repository = await twoBranches("unreleased", [false, false]);
    if (!repository.merges("theirs")) keepOurs(repository);
    repository.commit();
    const { code, text } = await repository.codegen("--check");
    expect(code).toBe(1);
    expect(text).toContain("files differ");
    expect(await repository.codegen()).toMatchObject({ code: 0 });
    expect(await repository.codegen("--check")).toMatchObject({ code: 0 });
    expect((await repository.codegen("plan")).text).toContain("the order of `job` is queue ascending");
  });

  it("one released: --check refuses the other's change of that version", async () => {
    const repository = await twoBranches("one-released", [true, false]);
    if (!repository.merges("theirs")) keepOurs(repository);
    repository.commit();
    const { code, text } = await repository.codegen("--check");
    expect(code).toBe(1);
    expect(text).toContain("version 2 has been released, and the spec differs from it");
    expect(text).toContain("fix: write `version: 3`");
    repository.edit(["version: 2", "version: 3"]);
    expect(await repository.codegen()).toMatchObject({ code: 0 });
  });

  it("both released: git reports a conflict, and --check refuses its marks", async () => {
    const repository = await twoBranches("both-released", [true, true]);
    expect(repository.merges("theirs")).toBe(false);
    const { code, text } = await repository.codegen("--check");
    expect(code).toBe(1);
    expect(text).toMatch(/history\/0002\.json:1:1 {2}merge-conflict/);
    for (const side of ["--ours", "--theirs"]) {
      repository.git("checkout", side, "--", "history/0002.json");
      const resolved = await repository.codegen("--check");
      expect(resolved.code).toBe(1);
      expect(resolved.text).toContain("version 2 has been released, and the spec differs from it");
    }
  });

  it("both released more than once, mixed by hand: --check refuses the history", async () => {
    const repository = await twoBranches("mixed", [true, true]);
    repository.git("checkout", "--quiet", "theirs");
    repository.edit(["version: 2", "version: 3"], ['"createdAt" })', '"createdAt", queue: "queue" })']);
    await repository.publish(true);
    repository.git("checkout", "--quiet", "main");
    expect(repository.merges("theirs")).toBe(false);
    repository.git("checkout", "--theirs", "--", "jobs.schema.ts");
    repository.git("checkout", "--ours", "--", "history");
    const { code, text } = await repository.codegen("--check");
    expect(code).toBe(1);
    expect(text).toMatch(/history\/0003\.json:1:1 {2}broken-history/);
  });
});

describe("release and plan", () => {
  it("release records a version once, and a spec without history generates as before", async () => {
    const repository = new Repository("releasing");
    expect(await repository.codegen()).toMatchObject({ code: 0 });
    expect((await repository.codegen("plan")).text).toContain("nothing to upgrade");
    expect((await repository.codegen("release")).text).toContain("version 1 of jobs; commit it");
    expect((await repository.codegen("release")).text).toContain("version 1 is released already");
    expect(fs.readdirSync(path.join(repository.home, "history"))).toEqual(["0001.json"]);
    expect(await repository.codegen("--check")).toMatchObject({ code: 0 });
    expect(await repository.codegen("plan", "--from", "7")).toMatchObject({ code: 2 });
    expect(await repository.codegen("plan", "--from", "x")).toMatchObject({ code: 2 });
  });

  it("plan shows words and SQL of each dialect", async () => {
    const repository = new Repository("planning");
    expect(await repository.codegen("release")).toMatchObject({ code: 0 });
    repository.edit(
      VERSION_2,
      ['key: ["id"]', 'onDuplicateKey: "keep-last",\n      key: ["queue"]'],
      ['getJob: get({ id: "id" })', 'getJob: get({ queue: "queue" })'],
    );
    const { code, text } = await repository.codegen("plan");
    expect(code).toBe(0);
    await expect(text).toMatchFileSnapshot("expected/plan.txt");
  });
});
