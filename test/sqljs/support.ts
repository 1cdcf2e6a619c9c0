import fs from "node:fs";
import path from "node:path";

import { createSqlJsStorage, type SqlJsStorageOptions } from "@gati-framework/storage-sqljs";
import type { StorageContract, StorageModule } from "@gati-framework/storage";
import { onTestFinished } from "vitest";

import { tempFolder } from "../faults/temp-folder.js";

import { doc } from "../support/documents.js";

export { inspectFile } from "../better-sqlite3/support.js";
export { expectRefusal, refusal } from "../support/calls.js";
export { doc, manifest } from "../support/documents.js";

/** The path of a child process's script of this folder. */
export const childScript = (name: string): string => path.resolve(import.meta.dirname, "children", name);

export const newFile = (name = "storage.db"): string => path.join(tempFolder(), name);

/** A storage that is shut down when the running test ends, whatever became of it. */
export function open(options: SqlJsStorageOptions): StorageModule {
  const module = createSqlJsStorage(options);
  onTestFinished(() => module.shutdown().catch(() => undefined));
  return module;
}

export type GType = Parameters<StorageContract["storeGType"]>[0];
export const gtype = (ref: string, extra: object = {}): GType => doc({ ref, kind: "string", ...extra });

/** Every GType of these refs that is stored. */
export async function storedRefs(module: StorageModule, refs: readonly string[]): Promise<string[]> {
  const found = await Promise.all(refs.map((ref) => module.exports.getGType(ref)));
  return refs.filter((_, n) => found[n] !== undefined);
}

/** Copies a file and its redo log as they are now: what a crash would leave. */
export function copyLeftovers(filename: string): string {
  const copy = path.join(tempFolder(), path.basename(filename));
  fs.copyFileSync(filename, copy);
  if (fs.existsSync(`${filename}.redo`)) fs.copyFileSync(`${filename}.redo`, `${copy}.redo`);
  return copy;
}

/** Content of every file of a folder, by name. */
export function folderContent(folder: string): Record<string, string> {
  return Object.fromEntries(
    fs.readdirSync(folder).map((name) => [name, fs.readFileSync(path.join(folder, name), "base64")]),
  );
}
