import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

import { fileError } from "./file-error.js";

/**
 * Makes a new database file appear all at once: `build` writes it under a temporary name in the same folder, then it gets
 * its own name, unless another process was faster. So nobody ever sees an empty or half-made database, and whoever comes
 * second opens the first one's (rule S15). Missing folders of the path are created.
 */
export function createFile(backend: string, filename: string, build: (temporary: string) => void): void {
  const folder = path.dirname(filename);
  const temporary = `${filename}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    const parents = makeFolders(folder);
    // The system says why a file cannot be made; SQLite would only say that it cannot open it.
    fs.closeSync(fs.openSync(temporary, "wx", 0o644));
    build(temporary);
    syncPath(temporary);
    publish(temporary, filename);
    for (const changed of [folder, ...parents]) syncPath(changed);
  } catch (error) {
    throw fileError(backend, filename, error);
  } finally {
    for (const leftover of [temporary, `${temporary}-wal`, `${temporary}-shm`, `${temporary}-journal`]) {
      fs.rmSync(leftover, { force: true });
    }
  }
}

/** Gives `temporary` its name without ever replacing a file that is there. */
function publish(temporary: string, filename: string): void {
  try {
    fs.linkSync(temporary, filename);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return;
    // Some file systems have no links. The copy is exclusive too; only a crash within it could leave a part of a file.
    if (code !== "EPERM" && code !== "ENOTSUP" && code !== "ENOSYS" && code !== "EOPNOTSUPP") throw error;
    copyExclusively(temporary, filename);
  }
}

function copyExclusively(temporary: string, filename: string): void {
  try {
    fs.copyFileSync(temporary, filename, fs.constants.COPYFILE_EXCL);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return;
  }
  syncPath(filename);
}

/**
 * Makes `folder` and what is missing of its parents; returns the parents that got a new name in them. Node's own way answers
 * ENOENT where the file system is read-only.
 */
function makeFolders(folder: string): string[] {
  if (fs.existsSync(folder)) return [];
  const parent = path.dirname(folder);
  const parents = makeFolders(parent);
  try {
    fs.mkdirSync(folder);
  } catch (error) {
    // Another process was faster.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return [...parents, parent];
}

/** Forces a file, or the names in a folder, to the disk. */
function syncPath(target: string): void {
  // Windows cannot open a folder; its file system orders names by itself.
  if (process.platform === "win32" && fs.statSync(target).isDirectory()) return;
  const file = fs.openSync(target, "r");
  try {
    fs.fsyncSync(file);
  } finally {
    fs.closeSync(file);
  }
}
