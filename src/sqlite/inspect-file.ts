import fs from "node:fs";

import { StorageError } from "../errors.js";
import { fileError } from "./file-error.js";

/** Every SQLite file starts with these bytes. Source: sqlite.org/fileformat2.html, section 1.3. */
const MAGIC = Buffer.from("SQLite format 3\0", "latin1");
const HEADER_BYTES = 100;
const APPLICATION_ID_OFFSET = 68;

/**
 * Looks at a file without opening it as a database, so that whatever is not ours stays byte-identical (rule S15).
 * False when there is no file. Throws `CORRUPT` for an empty file or one that is no SQLite database, `SCHEMA_MISMATCH` for a
 * folder or another program's database.
 */
export function isOurFile(backend: string, filename: string, applicationId: number): boolean {
  const header = readHeader(backend, filename);
  if (header === undefined) return false;
  if (header.length === 0) {
    throw new StorageError(`${backend}: ${filename} is empty`, {
      code: "CORRUPT",
      backend,
      hint: "An empty file holds no database. Remove it, or restore it from a backup.",
    });
  }
  if (header.length < HEADER_BYTES || !header.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw new StorageError(`${backend}: ${filename} is not an SQLite database, or its start is damaged`, {
      code: "CORRUPT",
      backend,
      hint: "Choose another file name, or restore the file from a backup.",
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
