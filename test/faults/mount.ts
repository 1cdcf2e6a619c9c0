import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import { expect, onTestFinished } from "vitest";

import { tempFolder } from "./temp-folder.js";

/** Why no file system can be mounted here; null when one can. In CI that is a failure: the proof would be missing unnoticed. */
export function mountMissing(): string | null {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "storage-mount-"));
  try {
    const trial = spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "none", folder]);
    if (trial.status === 0) {
      spawnSync("umount", [folder]);
      return null;
    }
    const reason = `no file system can be mounted here (${trial.error?.message ?? trial.stderr.toString().trim()})`;
    if (process.env["CI"] === "true") throw new Error(reason);
    console.warn(`NOT PROVED: ${reason}`);
    return reason;
  } finally {
    fs.rmdirSync(folder);
  }
}

/** A small file system of its own, gone when the running test ends. */
export function mounted(size: string): string {
  const folder = path.join(tempFolder(), "mount");
  fs.mkdirSync(folder);
  mount("-t", "tmpfs", "-o", `size=${size}`, "none", folder);
  onTestFinished(() => void spawnSync("umount", ["-l", folder]));
  return folder;
}

/** Changes a mounted file system: `ro`, `rw`, `size=8m`. */
export function remount(folder: string, how: string): void {
  mount("-o", `remount,${how}`, folder);
}

function mount(...args: string[]): void {
  const { status, stderr } = spawnSync("mount", args);
  expect(status, stderr.toString()).toBe(0);
}
