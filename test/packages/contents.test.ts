import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, describe, expect, it } from "vitest";

import { type Manifest, packAll, ROOT, temporaryFolder } from "./packed.js";

const folder = temporaryFolder();
const packed = packAll(folder);

afterAll(() => fs.rmSync(folder, { recursive: true }));

/** The `esm-only` profile of are-the-types-wrong: what only CommonJS and Node 10 would see does not count. */
const NOT_ESM = new Set<string>(["node10", "node16-cjs"]);

const DEPENDENCY_FIELDS = ["dependencies", "devDependencies", "peerDependencies"] as const;

/** What may be in a package, beside package.json, README.md, LICENSE and the compiled modules. */
const EXTRAS: Readonly<Record<string, RegExp>> = {
  "@gati-framework/storage-codegen": /^(backends|skeletons|templates)\/.+(\.hbs|\/backend\.ts)$/,
};

it("packs every package of the workspace that is not private, under one version", () => {
  const folders = [
    "src",
    "codegen",
    ...fs.readdirSync(path.join(ROOT, "generated")).map((name) => `generated/${name}`),
  ];
  const expected = folders
    .map((name) => path.join(ROOT, name, "package.json"))
    .filter((file) => fs.existsSync(file))
    .map((file) => (JSON.parse(fs.readFileSync(file, "utf8")) as Manifest).name);
  expect(expected.length).toBeGreaterThanOrEqual(8);
  expect(packed.map(({ manifest }) => manifest.name).toSorted()).toEqual(expected.toSorted());
  expect([...new Set(packed.map(({ manifest }) => manifest.version))]).toHaveLength(1);
});

describe.each(packed.map((one) => ({ name: one.manifest.name, ...one })))(
  "the packed $name",
  ({ name, manifest, tarball, content, files }) => {
    it("is clean to publint", async () => {
      const bytes = fs.readFileSync(tarball);
      const data = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
      const { messages, pkg } = await publint({ pack: { tarball: data }, strict: true, level: "suggestion" });
      expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
    });

    it("is clean to are-the-types-wrong", async () => {
      const analysis = await checkPackage(createPackageFromTarballData(fs.readFileSync(tarball)));
      expect(analysis.types).toMatchObject({ kind: "included" });
      const problems = "problems" in analysis ? analysis.problems : [];
      const ours = problems.filter(
        (problem) => !("resolutionKind" in problem && NOT_ESM.has(problem.resolutionKind)),
      );
      expect(ours).toEqual([]);
    });

    it("holds its compiled modules, their types, a README, a license, and nothing else", () => {
      expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md", "package.json"]));
      const others = files.filter((file) => !["LICENSE", "README.md", "package.json"].includes(file));
      const modules = others.filter((file) => /^dist\/.+(?<!\.(test|spec))\.(js|d\.ts)$/.test(file));
      expect(modules).not.toEqual([]);
      const extras = EXTRAS[name];
      expect(others.filter((file) => !modules.includes(file) && extras?.test(file) !== true)).toEqual([]);
      // Each module has its types, and the other way round.
      const stems = (ending: string): string[] =>
        modules.filter((file) => file.endsWith(ending)).map((file) => file.slice(0, -ending.length));
      expect(stems(".js")).toEqual(stems(".d.ts"));
    });

    it("names no folder of the machine that built it, and no map of sources that are not there", () => {
      const telling = [ROOT, os.homedir() + path.sep, "file:///", "sourceMappingURL"];
      const found = files.flatMap((file) => {
        const text = fs.readFileSync(path.join(content, file), "utf8");
        return telling.filter((part) => text.includes(part)).map((part) => `${file}: ${part}`);
      });
      expect(found).toEqual([]);
    });

    it("asks for ranges that a registry knows, and for its siblings in this version", () => {
      for (const field of DEPENDENCY_FIELDS) {
        for (const [dependency, range] of Object.entries(manifest[field] ?? {})) {
          expect(range, `${field} ${dependency}`).toMatch(
            /^[\^~]?\d+\.\d+\.\d+(-[\w.]+)?( \|\| \^\d+\.\d+\.\d+)*$/,
          );
          if (packed.some((one) => one.manifest.name === dependency)) {
            expect([manifest.version, `^${manifest.version}`]).toContain(range);
          }
        }
      }
    });

    it("says what it runs on, its license, and that importing it has no effect", () => {
      expect(manifest).toMatchObject({
        type: "module",
        license: "MIT",
        engines: { node: ">=20" },
        sideEffects: false,
      });
      expect(manifest.scripts).toBeUndefined();
      expect(Object.keys(manifest.exports ?? {})).toContain(".");
      for (const conditions of Object.values(manifest.exports ?? {})) {
        expect(Object.keys(conditions)).toEqual(["types", "default"]);
      }
    });
  },
);
