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

/**
 * Whether an open file still goes by that name, which is absolute and without links.
 *
 * Linux tells an open file's name, so that nobody has to ask for the file's times. Once they have been asked for, the next write
 * gives the file new ones, which an fsync has to bring to the disk as well: it took half as long again. Source:
 * docs.kernel.org/filesystems/multigrain-ts.html.
 */
export function hasName(file: number, filename: string): boolean {
  // Looking the name up makes a file system on a network notice what another machine has done to it.
  if (fs.existsSync(filename) && nameOf(file) === filename) return true;
  const named = fs.statSync(filename, { throwIfNoEntry: false, bigint: true });
  const opened = fs.fstatSync(file, { bigint: true });
  return named !== undefined && named.ino === opened.ino && named.dev === opened.dev;
}

/** The name that an open file has now; undefined where the system does not tell. */
function nameOf(file: number): string | undefined {
  if (process.platform !== "linux") return undefined;
  try {
    return fs.readlinkSync(`/proc/self/fd/${file}`);
  } catch {
    return undefined;
  }
}
