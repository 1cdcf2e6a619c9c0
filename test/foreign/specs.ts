import path from "node:path";

/** Specs of projects that have nothing to do with Gati, and between them use everything that the language has. */
export const FOREIGN_SPECS = ["journal", "registry"] as const;

export type ForeignSpec = (typeof FOREIGN_SPECS)[number];

/** Where a spec stands. */
export function schemaFile(spec: ForeignSpec): string {
  return path.join(import.meta.dirname, spec, `${spec}.schema.ts`);
}

/** Where its modules are generated to, once a run (see global-setup.ts). Inside the project, so that they find the kit and the drivers. */
export function generatedFolder(spec: ForeignSpec): string {
  return path.join(import.meta.dirname, ".tmp", spec);
}
