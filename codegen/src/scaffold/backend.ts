import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { factoryName } from "../emit/views/schema.js";
import type { Model } from "../model/model.js";
import { pascalCase } from "../model/names.js";
import { relativeTo } from "../output/resolve.js";
import { unitFolder, unitPackage } from "../output/units.js";

/** A whole backend, over maps in memory: what the author of another one begins with. */
const SKELETON = fileURLToPath(new URL("../../skeletons/my-database", import.meta.url));

/** What the skeleton says of itself, where another backend says its own. */
const ITSELF = { id: "my-database", title: "My database", stem: "MyDatabase" } as const;

/** The files of a new backend, by their paths in its folder. */
export function backendFiles(id: string): ReadonlyMap<string, string> {
  const files = fs
    .readdirSync(SKELETON, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted();
  // What the templates say of it, they have from the descriptor.
  return new Map(
    files.map((file) => {
      const text = fs.readFileSync(file, "utf8");
      const name = path.relative(SKELETON, file);
      return [name, name === "backend.ts" ? renamed(text, id) : text];
    }),
  );
}

function renamed(text: string, id: string): string {
  return text
    .replaceAll(ITSELF.stem, stemOf(id))
    .replaceAll(ITSELF.title, stemOf(id))
    .replaceAll(ITSELF.id, id);
}

/** `my-db` to `MyDb`. */
function stemOf(id: string): string {
  return pascalCase(id.replaceAll("-", "_"));
}

export interface TestPlace {
  /** The test itself. Absolute. */
  readonly file: string;
  /** The folder that is generated into. Absolute. */
  readonly out: string;
  /** Where `describe` and `it` come from: `vitest`, `node:test`. */
  readonly runner: string;
}

/** A test that holds the storages of a new backend to the conformance suite. */
export function conformanceTest(model: Model, id: string, place: TestPlace): string {
  const factory = factoryName(stemOf(id), model);
  const importOf = (unit: string): string => JSON.stringify(specifierOf(model, unit, place));
  return `import { describe, it } from ${JSON.stringify(place.runner)};

import { ${factory} } from ${importOf(id)};
import { registerConformance } from ${importOf("testing")};

registerConformance(
  { describe, it },
  {
    name: ${JSON.stringify(id)},
    /** A new, empty storage that shares nothing with any other. */
    async create() {
      // FILL: a database for it alone, or a schema, or a prefix of names.
      const options = {};
      const module = ${factory}(options);
      return {
        module,
        async destroy() {
          await module.shutdown();
          // FILL: drop what was made for it.
        },
        reopen: async () => ${factory}(options),
      };
    },
  },
);
`;
}

function specifierOf(model: Model, unit: string, { file, out }: TestPlace): string {
  if (model.packages !== null) return unitPackage(model, unit);
  const home = path.relative(path.dirname(file), out).split(path.sep).join("/");
  return relativeTo("here", path.posix.join(home, unitFolder(model, unit), "index"));
}
