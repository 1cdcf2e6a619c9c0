import fs from "node:fs";
import path from "node:path";

/** Writes all of `bytes` at `position`: one call may write less than it was asked to. */
export function writeAll(file: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length;) {
    done += fs.writeSync(file, bytes, done, bytes.length - done, position + done);
  }
}

/** Makes a new file of `bytes`, whole and on the disk. Fails where one of that name stands; leaves none behind on failure. */
export function writeNewFile(filename: string, bytes: Uint8Array, mode: number): void {
  const file = fs.openSync(filename, "wx", mode);
  try {
    // What is asked for at opening is cut down by the process's umask.
    fs.fchmodSync(file, mode);
    writeAll(file, bytes, 0);
    fs.fsyncSync(file);
  } catch (error) {
    fs.rmSync(filename, { force: true });
    throw error;
  } finally {
    fs.closeSync(file);
  }
}

/** Forces the names in the folder of `filename` to the disk. */
export function syncFolderOf(filename: string): void {
  // Windows cannot open a folder; its file system orders names by itself.
  if (process.platform === "win32") return;
  const folder = fs.openSync(path.dirname(filename), "r");
  try {
    fs.fsyncSync(folder);
  } finally {
    fs.closeSync(folder);
  }
}
