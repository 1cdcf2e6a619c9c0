import fs from "node:fs";

import { StorageError } from "../../errors.js";
import { fileError } from "../file-error.js";
import { writeNewFile } from "./disk.js";
import { isAlive, type ProcessIdentity, thisProcess } from "./process-identity.js";

/**
 * Has a file for one storage of one process alone, through a small file beside it that names the process. Node knows no locks
 * of the operating system, so a process that is killed leaves its lock behind; the next one takes it over.
 */
export class FileLock {
  readonly #name: string;
  readonly #fingerprint: string | undefined;

  private constructor(name: string) {
    this.#name = name;
    this.#fingerprint = fingerprintOf(name);
  }

  /** @throws StorageError `LOCKED` when another storage has the file. */
  static acquire(backend: string, filename: string): FileLock {
    const name = `${filename}.lock`;
    const me = thisProcess();
    // A lock appears whole: written under a name of its own, then given the name that counts.
    const card = `${name}.${me.token}`;
    try {
      writeNewFile(card, Buffer.from(JSON.stringify(me)), 0o644);
      if (!take(name, card)) throw locked(backend, filename, name);
      return new FileLock(name);
    } catch (error) {
      throw fileError(backend, filename, error);
    } finally {
      fs.rmSync(card, { force: true });
    }
  }

  /** Refuses a file that a storage of a process at work has for itself, without taking it. */
  static refuseHeld(backend: string, filename: string): void {
    const name = `${filename}.lock`;
    const owner = ownerOf(name);
    if (owner === undefined || (owner !== "unknown" && !isAlive(owner))) return;
    throw locked(backend, filename, name);
  }

  /** Whether nobody has removed it or taken it over. */
  isHeld(): boolean {
    const found = fingerprintOf(this.#name);
    return found !== undefined && found === this.#fingerprint;
  }

  release(): void {
    if (this.isHeld()) fs.rmSync(this.#name, { force: true });
  }
}

/**
 * Gives `card` the name `lock`, unless a process that is at work holds that.
 *
 * A lock left behind is replaced only by whoever holds its succession, which is a lock by itself, named after the dead one.
 * So of many processes that find the same dead lock one takes it over, and the others find that one's; and should it die
 * before it has finished, its succession is taken over in the same way.
 */
function take(lock: string, card: string): boolean {
  for (;;) {
    if (linkNew(card, lock)) return true;
    const owner = ownerOf(lock);
    // Released since we looked.
    if (owner === undefined) continue;
    if (owner === "unknown" || isAlive(owner)) return false;
    const succession = `${lock}.after-${owner.token}`;
    if (!take(succession, card)) return false;
    const current = ownerOf(lock);
    if (typeof current !== "object" || current.token !== owner.token) {
      // Somebody was faster, and may have released it since.
      fs.rmSync(succession, { force: true });
      continue;
    }
    fs.renameSync(succession, lock);
    return true;
  }
}

/** Gives `card` another name that is still free; whether it was. */
function linkNew(card: string, name: string): boolean {
  try {
    fs.linkSync(card, name);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    // Some file systems have no links. The copy is exclusive too; who reads it half-made takes it for one that is at work.
    if (code !== "EPERM" && code !== "ENOTSUP" && code !== "ENOSYS" && code !== "EOPNOTSUPP") throw error;
    return copyNew(card, name);
  }
}

function copyNew(card: string, name: string): boolean {
  try {
    fs.copyFileSync(card, name, fs.constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Who holds a lock; undefined when nobody does, `unknown` when it is not one of ours. */
function ownerOf(lock: string): ProcessIdentity | "unknown" | undefined {
  try {
    const card = JSON.parse(fs.readFileSync(lock, "utf8")) as Partial<ProcessIdentity> | null;
    const isCard = typeof card?.pid === "number" && typeof card.host === "string" && isToken(card.token);
    return isCard ? (card as ProcessIdentity) : "unknown";
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    if (error instanceof SyntaxError) return "unknown";
    throw error;
  }
}

/** It becomes part of a file's name. */
function isToken(token: unknown): boolean {
  return typeof token === "string" && /^[0-9a-f]{16}$/.test(token);
}

/** Tells one lock from every other, without reading it; undefined when there is none. */
function fingerprintOf(lock: string): string | undefined {
  const stat = fs.statSync(lock, { throwIfNoEntry: false, bigint: true });
  return stat === undefined ? undefined : [stat.dev, stat.ino, stat.mtimeNs].join(" ");
}

function locked(backend: string, filename: string, lock: string): StorageError {
  const owner = ownerOf(lock);
  const who = typeof owner === "object" ? `process ${owner.pid} of ${owner.host}` : `whoever made ${lock}`;
  return new StorageError(`${backend}: ${filename} belongs to ${who}`, {
    code: "LOCKED",
    backend,
    hint: `One storage at a time has the file. If that process is gone for good, remove ${lock}.`,
  });
}
