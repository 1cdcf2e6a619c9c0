import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { mysqlUrl } from "../mysql/server/server.js";
import { requireAnswer } from "../../examples/gati-app/story/ask.js";

const STORY = fileURLToPath(new URL("../../examples/gati-app/dist/story.js", import.meta.url));
const TIMEOUT = 60_000;

const mysqlServer = await mysqlUrl();

interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe("the example application", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "gati-story-"));
    // PostgreSQL does not run as root, and its own user must get to its files.
    chmodSync(folder, 0o755);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs the story; `folder` is both its working directory and where it keeps temporary files. */
  async function story(...args: string[]): Promise<Run> {
    expect(existsSync(STORY), "build the example first: tsc -b examples/gati-app").toBe(true);
    const child = spawn(process.execPath, [STORY, ...args], {
      cwd: folder,
      env: { ...process.env, TMPDIR: folder, TEMP: folder },
    });
    const [stdout, stderr, code] = await Promise.all([
      textOf(child.stdout),
      textOf(child.stderr),
      new Promise<number | null>((resolve, reject) => child.once("close", resolve).once("error", reject)),
    ]);
    return { code, stdout, stderr };
  }

  it(
    "remembers everything across a restart, on its embedded default",
    async () => {
      const { code, stdout, stderr } = await story();
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toContain('201 {"manifestCount":2,"hookManifestCount":1,"gtypeCount":2');
      expect(stdout).toContain('"checks":{"storage":{"status":"pass"');
      expect(stdout).toContain("every answer is the same as before");
      expect(stdout.match(/stopped in good order/g)).toHaveLength(2);

      const [, second, third] = stdout.split(/^\d\. /m).slice(1);
      expect(answers(third)).toEqual(answers(second).filter((line) => !line.includes('"healthy"')));
      expect(answers(third)).toHaveLength(9);
      expect(answers(third)[0]).toContain('"version":"2.0.0"');
    },
    TIMEOUT,
  );

  it(
    "remembers everything through sql.js",
    async () => {
      const { code, stdout, stderr } = await story("--backend", "sqljs");
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toContain("every answer is the same as before");
    },
    TIMEOUT,
  );

  it(
    "remembers everything in PostgreSQL, which it brings along",
    async () => {
      const { code, stdout, stderr } = await story("--", "--backend", "postgres");
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toContain("a PostgreSQL server, out of an npm package, runs beside it");
      expect(stdout).toContain("every answer is the same as before");
      expect(readdirSync(folder)).toEqual([]);
    },
    TIMEOUT,
  );

  it.skipIf(mysqlServer === undefined)(
    "remembers everything in MySQL or MariaDB, where a server answers",
    async () => {
      vi.stubEnv("MYSQL_URL", mysqlServer);
      const { code, stdout, stderr } = await story("--backend", "mysql");
      vi.unstubAllEnvs();
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toContain("a database of its own on the MySQL or MariaDB server");
      expect(stdout).toContain("every answer is the same as before");
    },
    TIMEOUT,
  );

  it("says where it looked for a MySQL server, and what to do", async () => {
    vi.stubEnv("MYSQL_URL", "mysql://root:hidden@127.0.0.1:1");
    const { code, stderr } = await story("--backend", "mysql");
    vi.unstubAllEnvs();
    expect(code).toBe(1);
    expect(stderr).toBe(`No MySQL or MariaDB server could be used at 127.0.0.1:1 (ECONNREFUSED).
Start one, or name it: MYSQL_URL=mysql://user:password@host:3306. Its user must be allowed to create a database.
`);
  });

  it(
    "says honestly that memory has forgotten everything",
    async () => {
      const { code, stdout, stderr } = await story("--backend", "in-memory");
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toContain("has forgotten everything");
      const [, second, third] = stdout.split(/^\d\. /m).slice(1);
      expect(answers(second)[0]).toContain('"version":"2.0.0"');
      expect(answers(third).filter((line) => line === '404 {"error":"Not Found"}')).toHaveLength(6);
      expect(answers(third)).toContainEqual(expect.stringContaining('{"manifestCount":0'));
    },
    TIMEOUT,
  );

  it("fails with both answers when one is not what it should be", () => {
    const known = { status: 200, body: { version: "2.0.0" } };
    expect(() => requireAnswer("/handlers/a", known, known)).not.toThrow();
    expect(() => requireAnswer("/handlers/a", { status: 200, body: { version: "1.0.0" } }, known)).toThrow(
      /^\/handlers\/a was answered with\n.*"1\.0\.0".*\nand not with\n.*"2\.0\.0"/,
    );
    expect(() => requireAnswer("/handlers/a", { status: 404, body: known.body }, known)).toThrow(/404/);
  });

  it("names the known backends when it is asked for another", async () => {
    const { code, stdout, stderr } = await story("--backend", "punch-cards");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain('There is no backend "punch-cards". Known: better-sqlite3, in-memory, ');
  });

  it("refuses an unknown option", async () => {
    const { code, stderr } = await story("--backnd", "in-memory");
    expect(code).toBe(1);
    expect(stderr).toContain("--backnd");
  });

  it("explains itself", async () => {
    const { code, stdout } = await story("--help");
    expect(code).toBe(0);
    expect(stdout).toContain("; better-sqlite3 unless given");
  });

  afterEach(() => expect(readdirSync(folder), "it left something behind").toEqual([]));
});

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = "";
  for await (const chunk of stream.setEncoding("utf8")) text += chunk as string;
  return text;
}

/** The lines of a chapter that show an answer. */
function answers(chapter: string | undefined): string[] {
  return (chapter ?? "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => /^\d{3} /.test(line));
}
