import { randomBytes } from "node:crypto";
import fs from "node:fs";

import { StorageError } from "../../errors.js";
import { fileError } from "../file-error.js";
import { hasName, syncFolderOf, writeAll, writeNewFile } from "./disk.js";
import { decodeRecord, encodeRecord, type RedoEntry, SALT_BYTES } from "./redo-record.js";

const MAGIC = Buffer.from("storage redo 1\r\n", "latin1");
const HEADER_BYTES = MAGIC.length + SALT_BYTES;

/** Only the owner: it holds documents. */
const MODE = 0o600;

/**
 * The file grows by so many zeros at a time. A record that is written over zeros changes nothing but data, so that the file
 * system has no journal of its own to write, and a third of the time goes.
 */
const RESERVE_BYTES = 64 * 1024;

/**
 * What was written since a file was saved, batch by batch, beside it in a file of its own. A batch is on the disk when
 * `append` returns, at a cost that depends on the batch alone.
 *
 * It begins with a mark, the digest of the file that it continues, and gets another one before the file is replaced. So
 * whichever of the two a crash leaves, the log tells what that one lacks, and nothing is repeated on a third.
 */
export class RedoLog {
  readonly #backend: string;
  readonly #filename: string;
  readonly #salt: Buffer;
  #file: number;
  /** Where the last good record ends. Bytes behind it were never acknowledged. */
  #length: number;
  /** How long the file is: zeros follow the last record. */
  #reserved: number;
  #records: number;
  /** Set when nobody knows any more what of the file is on the disk. */
  #broken = false;

  private constructor(
    backend: string,
    filename: string,
    salt: Buffer,
    file: number,
    length: number,
    records: number,
  ) {
    this.#backend = backend;
    this.#filename = filename;
    this.#salt = salt;
    this.#file = file;
    this.#length = length;
    this.#reserved = length;
    this.#records = records;
  }

  /** Starts a log behind the file of this digest. It appears whole, in the place of any other. */
  static create(backend: string, filename: string, digest: Buffer): RedoLog {
    const salt = randomBytes(SALT_BYTES);
    const bytes = Buffer.concat([MAGIC, salt, encodeRecord(salt, 0, { kind: "mark", digest })]);
    try {
      const file = replaceLog(filename, bytes);
      return new RedoLog(backend, filename, salt, file, bytes.length, 1);
    } catch (error) {
      throw fileError(backend, filename, error);
    }
  }

  /**
   * Opens the log of that name; undefined when there is none. What was being appended when the process ended is cut off: it
   * was never acknowledged.
   *
   * @throws StorageError `CORRUPT` when anything before its end is damaged.
   */
  static open(
    backend: string,
    filename: string,
  ): { readonly log: RedoLog; readonly entries: readonly RedoEntry[] } | undefined {
    let file: number;
    try {
      file = fs.openSync(filename, "r+");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw fileError(backend, filename, error);
    }
    try {
      const bytes = fs.readFileSync(file);
      const salt = Buffer.from(bytes.subarray(MAGIC.length, HEADER_BYTES));
      const { entries, length } = readEntries(backend, filename, bytes, salt);
      const log = new RedoLog(backend, filename, salt, file, length, entries.length);
      if (isZero(bytes.subarray(length))) log.#reserved = bytes.length;
      else {
        fs.ftruncateSync(file, length);
        fs.fsyncSync(file);
      }
      return { log, entries };
    } catch (error) {
      fs.closeSync(file);
      throw fileError(backend, filename, error);
    }
  }

  /** Its length in bytes. */
  get length(): number {
    return this.#length;
  }

  /**
   * Appends an entry; it is on the disk when this returns.
   *
   * @throws StorageError with the outcome `unknown` when it may be on the disk all the same.
   */
  append(entry: RedoEntry): void {
    try {
      if (this.#broken) this.#renew();
      const record = encodeRecord(this.#salt, this.#records, entry);
      this.#write(record);
      this.#length += record.length;
      this.#records++;
    } catch (error) {
      const outcome = this.#broken ? "unknown" : "not-written";
      throw fileError(this.#backend, this.#filename, error, outcome);
    }
  }

  /** Whether it is still the file of its name, or is about to be replaced. */
  isInPlace(): boolean {
    return this.#broken || hasName(this.#file, this.#filename);
  }

  close(): void {
    fs.closeSync(this.#file);
  }

  /** Ends it: the file that it continued has everything. */
  remove(): void {
    this.close();
    fs.rmSync(this.#filename, { force: true });
  }

  #write(record: Buffer): void {
    try {
      this.#reserve(this.#length + record.length);
      writeAll(this.#file, record, this.#length);
      this.#reserved = Math.max(this.#reserved, this.#length + record.length);
    } catch (error) {
      this.#cutOff();
      throw error;
    }
    // After a failed fsync the system may drop what it did not write, and report success the next time.
    this.#broken = true;
    fs.fsyncSync(this.#file);
    this.#broken = false;
  }

  /** Makes room for more records than the one that ends there. On a disk that is nearly full it does without. */
  #reserve(end: number): void {
    if (end <= this.#reserved) return;
    try {
      writeAll(this.#file, Buffer.alloc(end + RESERVE_BYTES - this.#reserved), this.#reserved);
      this.#reserved = end + RESERVE_BYTES;
    } catch {
      this.#cutOff();
    }
  }

  /** Takes away a part of a record, and the zeros. */
  #cutOff(): void {
    try {
      fs.ftruncateSync(this.#file, this.#length);
      this.#reserved = this.#length;
    } catch {
      this.#broken = true;
    }
  }

  /** Goes on in a new file that holds everything acknowledged. */
  #renew(): void {
    const bytes = Buffer.alloc(this.#length);
    for (let done = 0; done < bytes.length;) {
      const read = fs.readSync(this.#file, bytes, done, bytes.length - done, done);
      if (read === 0) throw corrupt(this.#backend, this.#filename);
      done += read;
    }
    const { length } = readEntries(this.#backend, this.#filename, bytes, this.#salt);
    if (length !== bytes.length) throw corrupt(this.#backend, this.#filename);
    const file = replaceLog(this.#filename, bytes);
    fs.closeSync(this.#file);
    this.#file = file;
    this.#reserved = length;
    this.#broken = false;
  }
}

/** Puts a new log in the place of any other; the open file. */
function replaceLog(filename: string, bytes: Uint8Array): number {
  const temporary = `${filename}.saving`;
  fs.rmSync(temporary, { force: true });
  writeNewFile(temporary, bytes, MODE);
  let file: number | undefined;
  try {
    file = fs.openSync(temporary, "r+");
    fs.renameSync(temporary, filename);
    syncFolderOf(filename);
    return file;
  } catch (error) {
    if (file !== undefined) fs.closeSync(file);
    fs.rmSync(temporary, { force: true });
    throw error;
  }
}

/** Every entry up to the first that is not whole, which must be the last. */
function readEntries(
  backend: string,
  filename: string,
  bytes: Buffer,
  salt: Buffer,
): { readonly entries: RedoEntry[]; readonly length: number } {
  if (bytes.length < HEADER_BYTES || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw corrupt(backend, filename);
  }
  const entries: RedoEntry[] = [];
  let length = HEADER_BYTES;
  for (;;) {
    const record = decodeRecord(bytes, salt, length);
    if (record === undefined || record.number !== entries.length) break;
    entries.push(record.entry);
    length = record.end;
  }
  // A log appears together with its first mark.
  if (entries.length === 0 || hasRecordAfter(bytes, salt, length)) throw corrupt(backend, filename);
  return { entries, length };
}

/** A record that is whole was appended after the one before it was on the disk. */
function hasRecordAfter(bytes: Buffer, salt: Buffer, offset: number): boolean {
  for (let at = bytes.indexOf(salt, offset); at >= 0; at = bytes.indexOf(salt, at + 1)) {
    if (decodeRecord(bytes, salt, at) !== undefined) return true;
  }
  return false;
}

function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}

function corrupt(backend: string, filename: string): StorageError {
  return new StorageError(`${backend}: the redo log ${filename} is damaged`, {
    code: "CORRUPT",
    backend,
    hint: "It holds the latest writes. Restore it from a backup together with its file, or remove it to give them up.",
  });
}
