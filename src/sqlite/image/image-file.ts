import { createHash } from "node:crypto";
import fs from "node:fs";

import { StorageError } from "../../errors.js";
import { fileError } from "../file-error.js";
import { hasLog, isOurFile, requireWritable } from "../inspect-file.js";
import { syncFolderOf, writeNewFile } from "./disk.js";
import { FileLock } from "./file-lock.js";
import { RedoLog } from "./redo-log.js";
import { redoName } from "./redo-name.js";
import type { RedoEntry } from "./redo-record.js";

/** A shorter redo log is never worth writing the file anew. */
const LONG_REDO = 1024 * 1024;

/** SQLite's header says in two bytes who may write and who may read: 2 asks for a write-ahead log, 1 for none. */
const FORMAT_OFFSET = 18;

/** A file's content, and what was acknowledged since. */
export interface LoadedImage {
  readonly bytes: Uint8Array;
  readonly batches: readonly string[];
}

/**
 * A database file that one process reads whole, keeps in memory and replaces whole. What happens in between can be appended to
 * a redo log, so that a write is on the disk at a cost that does not grow with the file.
 */
export class ImageFile {
  /** Absolute, and of the file itself, wherever a link to it may stand. */
  readonly filename: string;
  readonly #backend: string;
  readonly #lock: FileLock;
  #identity = "";
  #digest: Buffer = Buffer.alloc(0);
  #size = 0;
  #mode = 0o600;
  #redo: RedoLog | undefined;
  #longRedo = LONG_REDO;

  private constructor(backend: string, filename: string, lock: FileLock) {
    this.#backend = backend;
    this.filename = filename;
    this.#lock = lock;
  }

  /**
   * Takes an existing file for this process alone.
   *
   * @throws StorageError `LOCKED` when another storage has it, `READ_ONLY` when it cannot be written.
   */
  static open(backend: string, name: string): ImageFile {
    requireWritable(backend, name);
    const filename = fs.realpathSync(name);
    return new ImageFile(backend, filename, FileLock.acquire(backend, filename));
  }

  /**
   * Reads the file, and the redo log if a process left one behind.
   *
   * @throws StorageError `LOCKED` while another program is writing it, `CORRUPT` when it is damaged or belongs to another redo
   * log, `SCHEMA_MISMATCH` when it is not ours. It is left as it is.
   */
  load(applicationId: number): LoadedImage {
    this.#refuseForeignLogs();
    isOurFile(this.#backend, this.filename, applicationId);
    try {
      for (const leftover of [this.#temporary, `${redoName(this.filename)}.saving`]) {
        fs.rmSync(leftover, { force: true });
      }
      const bytes = fs.readFileSync(this.filename);
      this.#became(bytes, digestOf(bytes));
      this.#mode = fs.statSync(this.filename).mode & 0o777;
      const batches = this.#readRedo();
      // Who reads it whole needs no write-ahead log, and sql.js knows none.
      bytes.fill(1, FORMAT_OFFSET, FORMAT_OFFSET + 2);
      return { bytes, batches };
    } catch (error) {
      throw fileError(this.#backend, this.filename, error);
    }
  }

  /** Whether a redo log holds what the file does not. */
  get hasRedo(): boolean {
    return this.#redo !== undefined;
  }

  /** Whether the redo log has grown to where writing the file anew costs little beside what has been appended. */
  get isRedoLong(): boolean {
    return this.#redo !== undefined && this.#redo.length > this.#longRedo;
  }

  /** Leaves the redo log be until it has grown as much again. */
  postpone(): void {
    this.#longRedo = (this.#redo?.length ?? 0) + Math.max(LONG_REDO, this.#size);
  }

  /** Appends a batch to the redo log: on the disk when this returns (rule S12). */
  append(batch: string): void {
    this.check();
    this.#redo ??= RedoLog.create(this.#backend, redoName(this.filename), this.#digest);
    this.#redo.append({ kind: "batch", text: batch });
  }

  /**
   * Replaces the file, all at once; it is on the disk when this returns. After a failure the old file and the redo log are as
   * they were.
   */
  save(bytes: Uint8Array): void {
    this.check();
    const digest = digestOf(bytes);
    try {
      fs.rmSync(this.#temporary, { force: true });
      writeNewFile(this.#temporary, bytes, this.#mode);
      this.#replace(digest);
      this.#became(bytes, digest);
      syncFolderOf(this.filename);
      this.#endRedo();
    } catch (error) {
      throw fileError(this.#backend, this.filename, error);
    }
  }

  /**
   * Throws unless the file is the one that was read or written last: `IO` when it is gone, `LOCKED` when somebody else wrote it.
   */
  check(): void {
    const found = identityOf(this.filename);
    if (found === undefined) {
      throw new StorageError(`${this.#backend}: ${this.filename} has been moved or removed`, {
        code: "IO",
        backend: this.#backend,
        hint: "Put it back; nothing is written while it is gone.",
      });
    }
    const replaced = this.#redo !== undefined && !this.#redo.isInPlace();
    if (found !== this.#identity || replaced || !this.#lock.isHeld()) {
      throw new StorageError(`${this.#backend}: ${this.filename} has been changed by another program`, {
        code: "LOCKED",
        retryable: false,
        backend: this.#backend,
        hint: "Shut the storage down. It does not overwrite what others wrote.",
      });
    }
    this.#refuseForeignLogs();
  }

  /** Lets go of the file. A redo log stays, for whoever opens it next. */
  close(): void {
    this.#redo?.close();
    this.#redo = undefined;
    this.#lock.release();
  }

  get #temporary(): string {
    return `${this.filename}.saving`;
  }

  #replace(digest: Buffer): void {
    try {
      this.#redo?.append({ kind: "mark", digest });
      fs.renameSync(this.#temporary, this.filename);
    } catch (error) {
      fs.rmSync(this.#temporary, { force: true });
      throw error;
    }
  }

  #became(bytes: Uint8Array, digest: Buffer): void {
    this.#identity = identityOf(this.filename) ?? "";
    this.#digest = digest;
    this.#size = bytes.length;
    this.#longRedo = Math.max(LONG_REDO, bytes.length);
  }

  /** The file has everything. A log that cannot be removed says so itself, by its last mark. */
  #endRedo(): void {
    const redo = this.#redo;
    this.#redo = undefined;
    redo?.remove();
  }

  #readRedo(): string[] {
    const opened = RedoLog.open(this.#backend, redoName(this.filename));
    if (opened === undefined) return [];
    this.#redo = opened.log;
    const batches = batchesAfter(opened.entries, this.#digest);
    if (batches === undefined) {
      throw new StorageError(
        `${this.#backend}: the redo log of ${this.filename} belongs to another version of it`,
        {
          code: "CORRUPT",
          backend: this.#backend,
          hint: "It holds the latest writes. Bring back the file that it continues, or remove it to give them up.",
        },
      );
    }
    if (batches.length === 0) this.#endRedo();
    return batches;
  }

  /**
   * SQLite's own files beside the file: what its logs hold is not in it. The index of a log, `-shm`, is there as long as some
   * connection is, also while the log is still empty.
   */
  #refuseForeignLogs(): void {
    const rollback = fs.statSync(`${this.filename}-journal`, { throwIfNoEntry: false });
    const isUsed =
      hasLog(this.filename) || (rollback?.size ?? 0) > 0 || fs.existsSync(`${this.filename}-shm`);
    if (!isUsed) return;
    throw new StorageError(
      `${this.#backend}: ${this.filename} is in use by another program, or was left behind by one`,
      {
        code: "LOCKED",
        backend: this.#backend,
        hint: "Let that program end. If it crashed, open the file once with the sqlite3 shell or better-sqlite3, which finishes what it began.",
      },
    );
  }
}

/** The batches that a file of this digest lacks; undefined when the log does not know the file. */
function batchesAfter(entries: readonly RedoEntry[], digest: Buffer): string[] | undefined {
  const mark = entries.findLastIndex((entry) => entry.kind === "mark" && entry.digest.equals(digest));
  if (mark < 0) return undefined;
  return entries.slice(mark + 1).flatMap((entry) => (entry.kind === "batch" ? [entry.text] : []));
}

function digestOf(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(bytes).digest();
}

/** Changes whenever the file is replaced or written to; undefined when there is none. */
function identityOf(filename: string): string | undefined {
  const stat = fs.statSync(filename, { throwIfNoEntry: false, bigint: true });
  return stat === undefined ? undefined : [stat.dev, stat.ino, stat.size, stat.mtimeNs].join(" ");
}
