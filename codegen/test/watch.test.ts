import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import { Changes } from "../src/watch/changes.js";

const HERE = import.meta.dirname;
const BIN = path.join(HERE, "../dist/bin.js");

describe("storage-codegen --watch", { timeout: 30_000 }, () => {
  let home: string;
  let child: ChildProcess;
  let lines: AsyncIterator<string>;
  let mistakes = "";

  beforeAll(() => {
    home = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "storage-watch-")));
    fs.cpSync(path.join(HERE, "foreign"), home, { recursive: true });
    fs.writeFileSync(path.join(home, "package.json"), '{ "type": "module" }\n');
    config({ schema: "jobs.schema.ts", out: "out" });
    child = spawn(process.execPath, [BIN, "--watch"], {
      cwd: home,
      env: { ...process.env, NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stderr?.on("data", (chunk: Buffer) => (mistakes += chunk.toString()));
    lines = createInterface(child.stdout!)[Symbol.asyncIterator]();
  });

  afterAll(() => {
    child.kill("SIGKILL");
    fs.rmSync(home, { recursive: true });
  });

  function config(content: object): void {
    fs.writeFileSync(path.join(home, "storage-codegen.config.json"), JSON.stringify(content));
  }

  function edit(file: string, before: string, after: string): void {
    const target = path.join(home, file);
    const text = fs.readFileSync(target, "utf8");
    expect(text).toContain(before);
    fs.writeFileSync(target, text.replace(before, after));
  }

  /** The next line that matches; a save may have been seen in two steps. */
  async function said(pattern: RegExp): Promise<void> {
    for (;;) {
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`it ended: ${mistakes}`);
      if (pattern.test(value)) return;
    }
  }

  const contract = () => fs.readFileSync(path.join(home, "out/journal/contract.ts"), "utf8");

  it("generates at once", async () => {
    await said(/^jobs\.schema\.ts: \d+ files, \d+ changed; watching$/);
    expect(contract()).toContain("labelled(");
  });

  it("follows the spec", async () => {
    edit("jobs.schema.ts", "labelled:", "withLabel:");
    await said(/ changed; watching$/);
    expect(contract()).toContain("withLabel(");
  });

  it("keeps the last good output on a mistake, says so, and goes on when it is mended", async () => {
    const before = contract();
    edit("job.ts", "label?: string", "labels?: string[]");
    await said(/^nothing was written, so the last good output stays; watching$/);
    expect(mistakes).toContain("unknown-field");
    expect(contract()).toBe(before);
    edit("job.ts", "labels?: string[]", "label?: number");
    await said(/ changed; watching$/);
    expect(contract()).toContain("label: number");
  });

  it("waits for a file that is imported and not there yet", async () => {
    fs.renameSync(path.join(home, "job.ts"), path.join(home, "elsewhere.ts"));
    await said(/stays; watching$/);
    fs.renameSync(path.join(home, "elsewhere.ts"), path.join(home, "job.ts"));
    await said(/all up to date; watching$/);
  });

  it("follows the config", async () => {
    config({ schema: "jobs.schema.ts", outt: "out" });
    await said(/stays; watching$/);
    expect(mistakes).toContain("did you mean `out`?");
    config({ schema: "jobs.schema.ts", out: "out", backends: ["sqljs"] });
    await said(/ changed; watching$/);
    expect(fs.existsSync(path.join(home, "out/journal-sqljs/index.ts"))).toBe(true);
  });

  it("ends well when it is asked to", async () => {
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
  });
});

describe("changes", () => {
  it("are told once, however many there were", async () => {
    vi.useFakeTimers();
    try {
      const changes = new Changes();
      const told: boolean[] = [];
      const waiting = changes.next().then((more) => told.push(more));
      for (let save = 0; save < 5; save++) {
        changes.add();
        await vi.advanceTimersByTimeAsync(50);
      }
      expect(told).toEqual([]);
      await vi.advanceTimersByTimeAsync(100);
      await waiting;
      expect(told).toEqual([true]);
      const next = changes.next();
      changes.end();
      expect(await next).toBe(false);
    } finally {
      vi.useRealTimers();
    }
  });
});
