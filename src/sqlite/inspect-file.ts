import fs from "node:fs";
import path from "node:path";

import { StorageError } from "../errors.js";
import { fileError } from "./file-error.js";

/** Every SQLite file starts with these bytes. Source: sqlite.org/fileformat2.html, section 1.3. */
const MAGIC = Buffer.from("SQLite format 3\0", "latin1");
const HEADER_BYTES = 100;
const PAGE_SIZE_OFFSET = 16;
const APPLICATION_ID_OFFSET = 68;
/** Two bytes: who may write, and who may read. 1 and 2 are all that SQLite knows. */
const FORMAT_OFFSET = 18;

/**
 * Looks at a file without opening it as a database, so that whatever is not ours stays byte-identical (rule S15).
 * False when there is no file. Throws `CORRUPT` for an empty file, one that is no SQLite database, or the log of one that is
 * gone; `SCHEMA_MISMATCH` for a folder or another program's database.
 */
export function isOurFile(backend: string, filename: string, applicationId: number): boolean {
  const header = readHeader(backend, filename);
  if (header === undefined) {
    refuseOrphanedLog(backend, filename);
    return false;
  }
  if (header.length === 0) {
    throw new StorageError(`${backend}: ${filename} is empty`, {
      code: "CORRUPT",
      backend,
      hint: "An empty file holds no database. Remove it, or restore it from a backup.",
    });
  }
  if (!isSqliteHeader(header)) {
    throw new StorageError(`${backend}: ${filename} is not an SQLite database, or its start is damaged`, {
      code: "CORRUPT",
      backend,
      hint: "Choose another file name, or restore the file from a backup.",
    });
  }
  if (endsWithinPage(filename, header)) {
    throw new StorageError(`${backend}: ${filename} has been cut off`, {
      code: "CORRUPT",
      backend,
      hint: "Restore it from a backup.",
    });
  }
  if (header.readUInt32BE(APPLICATION_ID_OFFSET) !== applicationId) {
    throw new StorageError(`${backend}: ${filename} belongs to another program`, {
      code: "SCHEMA_MISMATCH",
      backend,
      hint: "Choose another file name. To keep the tables inside a database of your own, pass it as `database`.",
    });
  }
  return true;
}

/** Fails with `READ_ONLY` unless the file and its folder, where SQLite keeps its log, can be written. */
export function requireWritable(backend: string, filename: string): void {
  try {
    fs.accessSync(filename, fs.constants.R_OK | fs.constants.W_OK);
    fs.accessSync(path.dirname(filename), fs.constants.W_OK);
  } catch (error) {
    throw fileError(backend, filename, error);
  }
}

function isSqliteHeader(header: Buffer): boolean {
  const formats = header.subarray(FORMAT_OFFSET, FORMAT_OFFSET + 2);
  return (
    header.length === HEADER_BYTES &&
    header.subarray(0, MAGIC.length).equals(MAGIC) &&
    formats.every((format) => format === 1 || format === 2)
  );
}

/** Whether a write-ahead log with something in it stands beside the file. */
export function hasLog(filename: string): boolean {
  return (fs.statSync(`${filename}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/** SQLite reads what is missing of the last page as zeros. With a log, the page may be whole in there. */
function endsWithinPage(filename: string, header: Buffer): boolean {
  const stored = header.readUInt16BE(PAGE_SIZE_OFFSET);
  const pageSize = stored === 1 ? 65_536 : stored;
  return !hasLog(filename) && fs.statSync(filename).size % pageSize !== 0;
}

/** SQLite would take the log of a database that is gone for the new one's, and write its old pages into it. */
function refuseOrphanedLog(backend: string, filename: string): void {
  if (!hasLog(filename)) return;
  // Unless another process has created the database, and written to it, since we looked.
  if (fs.existsSync(filename)) return;
  throw new StorageError(`${backend}: ${filename}-wal belongs to a database that is gone`, {
    code: "CORRUPT",
    backend,
    hint: "It holds the latest writes of that database. Bring the database back, or remove the log too.",
  });
}

/** The first bytes; undefined when there is no file. */
function readHeader(backend: string, filename: string): Buffer | undefined {
  let file: number;
  try {
    if (fs.statSync(filename).isDirectory()) {
      throw new StorageError(`${backend}: ${filename} is a folder`, {
        code: "SCHEMA_MISMATCH",
        backend,
        hint: "Name a file inside it.",
      });
    }
    file = fs.openSync(filename, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw fileError(backend, filename, error);
  }
  try {
    const header = Buffer.alloc(HEADER_BYTES);
    return header.subarray(0, fs.readSync(file, header, 0, HEADER_BYTES, 0));
  } catch (error) {
    throw fileError(backend, filename, error);
  } finally {
    fs.closeSync(file);
  }
}
