import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generate } from "../src/generate.js";

/** The page, held to what it speaks of: `docs/spec-language.md`. */
const page = readFileSync(resolve(import.meta.dirname, "../../docs/spec-language.md"), "utf8");
const [spec = "", contract = ""] = [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, text]) => text);

describe("the page on the spec language", () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "storage-codegen-page-"));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it("has an example from which comes the interface that it shows", async () => {
    const schema = join(folder, "app.schema.ts");
    writeFileSync(schema, spec);
    const { files } = await generate({ schema, out: join(folder, "out"), backends: null, cwd: folder });
    const emitted = files.get("storage/contract.ts") ?? "";
    const methods = methodsOf(contract);
    expect(methods).toHaveLength(10);
    expect(methodsOf(emitted).slice(0, methods.length)).toEqual(methods);
    for (const [, type = "", members = ""] of contract.matchAll(/(\w+Options)\b.*\/\/ \{ (.*) \}$/gm)) {
      const [, body = ""] = new RegExp(`interface ${type} \\{(.*?)^\\}`, "ms").exec(emitted) ?? [];
      expect([...body.matchAll(/readonly (\w+)\?/g)].map(([, name]) => name).join(", ")).toBe(members);
    }
  });

  it("tells of every rule whose refusal is a golden case, and of no other", () => {
    const cases = join(import.meta.dirname, "cases");
    const refused = readdirSync(cases)
      .filter((name) => !name.startsWith("good-"))
      .map((name) => readFileSync(join(cases, name, "expected/error.txt"), "utf8"))
      .flatMap((text) => [...text.matchAll(/^\S+:\d+:\d+ {2}([a-z-]+)$/gm)].map(([, rule]) => rule));
    const [, table = ""] = page.split("## What the generator refuses");
    const told = [...table.matchAll(/^\| (`.*?`) +\|/gm)].flatMap(([, rules = ""]) => rules.match(/[\w-]+/g));
    expect(told.toSorted()).toEqual([...new Set(refused)].toSorted());
  });
});

/** The lines that declare methods, without remarks. */
function methodsOf(text: string): string[] {
  return text.split("\n").flatMap((line) => /^ {2}\w+\(.*\): .*;/.exec(line) ?? []);
}
