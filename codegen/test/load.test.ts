import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadSchema } from "../src/load/load.js";
import { SpecError } from "../src/model/spec-error.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A spec of one kind, with a count in another file. */
const spec = `
import { defineSchema, entity, get, store } from "@gati-framework/storage-codegen";
import { count } from "./count";

export interface Job {
  id: string;
}

export default defineSchema({
  name: "jobs",
  contract: "JobStore",
  stats: "JobStats",
  entities: {
    job: entity<Job>({ key: ["id"], count, methods: { storeJob: store(), getJob: get({ id: "id" }) } }),
  },
});
`;

describe("loadSchema", () => {
  let folder: string;

  beforeAll(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), "storage-codegen-load-")));
    await writeFile(join(folder, "spec.ts"), spec);
    await writeFile(join(folder, "count.ts"), 'export const count = "jobCount";\n');
  });

  afterAll(() => rm(folder, { recursive: true }));

  it("loads Gati's spec: plain data, the same each time", async () => {
    const first = await loadSchema("schema/gati.ts", { cwd: root });
    const second = await loadSchema("schema/gati.ts", { cwd: root });
    expect(second).toEqual(first);
    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
    expect(JSON.parse(JSON.stringify(first))).toEqual(first);
    expect(first.model.source).toBe("schema/gati.ts");
    expect(first.model.entities.flatMap((entity) => entity.methods)).toHaveLength(15);
  });

  it("loads a spec far from any project, and sees what has changed since", async () => {
    const before = await loadSchema("spec.ts", { cwd: folder });
    expect(before.model.entities[0]!.count).toBe("jobCount");
    await writeFile(join(folder, "count.ts"), 'export const count = "jobs";\n');
    const after = await loadSchema("spec.ts", { cwd: folder });
    expect(after.model.entities[0]!.count).toBe("jobs");
  });

  it("names the spec and its types from the root, and problems from the working directory", async () => {
    const file = join(folder, "spec.ts");
    const { model } = await loadSchema(file, { root: join(folder, "packages/out"), cwd: tmpdir() });
    expect(model.source).toBe("../../spec.ts");
    expect(model.entities[0]!.type.imports).toEqual([
      { name: "Job", alias: "Job", module: "../../spec", file: true },
    ]);
    await expect(loadSchema("packages/none.ts", { cwd: folder })).rejects.toThrow(
      "packages/none.ts:1:1  spec-not-found",
    );
  });

  it.each(["nowhere.ts", "."])("refuses %s, which is no file", async (file) => {
    const error = await loadSchema(file, { cwd: folder }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SpecError);
    expect((error as SpecError).problems.map((problem) => problem.rule)).toEqual(["spec-not-found"]);
  });
});
