import fs from "node:fs";
import path from "node:path";

/** What a disk and the system's memory know of one file. */
interface Inode {
  /** What has been written. */
  now: Buffer;
  /** What an fsync has forced to the disk. */
  synced: Buffer;
}

/** What a power loss may leave: file name to content. */
export type Remains = ReadonlyMap<string, Buffer>;

/** Which of what was never forced to the disk has reached it all the same. */
export interface Luck {
  /** A disk may also remember that a name was taken away, and not yet that another was given. */
  readonly names: "none" | "removals" | "all";
  readonly data: "none" | "half" | "all";
}

export const EVERY_LUCK: readonly Luck[] = (["none", "removals", "all"] as const).flatMap((names) =>
  (["none", "half", "all"] as const).map((data) => ({ names, data })),
);

type Names = ReadonlyMap<string, Readonly<Inode>>;

/** The files of the folder, by the names that they have and by those that are on the disk. */
interface State {
  readonly now: Names;
  readonly synced: Names;
}

// oxlint-disable-next-line typescript/no-explicit-any -- each call of `fs` has its own arguments
type Call = (...args: any[]) => unknown;

/**
 * Follows what this process does to the files of one folder, and knows after each call what a power loss would leave. The calls
 * themselves are carried out as ever.
 */
export class RecordedDisk {
  readonly #folder: string;
  readonly #originals = new Map<string, Call>();
  readonly #open = new Map<number, Inode | "folder">();
  /** Names as they are, and as an fsync of the folder has forced them to the disk. */
  readonly #names = new Map<string, Inode>();
  #syncedNames = new Map<string, Inode>();
  readonly states: State[] = [];
  syncs = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  start(): void {
    const original = { ...fs };
    this.#replace("openSync", (file: string, flags: string, mode?: number) => {
      const descriptor = original.openSync(file, flags, mode);
      if (file === this.#folder) this.#open.set(descriptor, "folder");
      if (this.#isOurs(file)) this.#open.set(descriptor, this.#inode(file));
      return descriptor;
    });
    this.#replace("closeSync", (descriptor: number) => {
      this.#open.delete(descriptor);
      original.closeSync(descriptor);
    });
    // `writeFileSync` comes along here too, without positions.
    this.#replace(
      "writeSync",
      (
        descriptor: number,
        bytes: Uint8Array,
        from = 0,
        length = bytes.length - from,
        position: number | null = null,
      ) => {
        const inode = this.#open.get(descriptor);
        const written = original.writeSync(descriptor, bytes, from, length, position);
        if (typeof inode === "object") {
          const at = position ?? inode.now.length;
          const longer = Buffer.alloc(Math.max(inode.now.length, at + written));
          inode.now.copy(longer);
          longer.set(bytes.subarray(from, from + written), at);
          inode.now = longer;
          this.#note();
        }
        return written;
      },
    );
    this.#replace("ftruncateSync", (descriptor: number, length: number) => {
      original.ftruncateSync(descriptor, length);
      const inode = this.#open.get(descriptor);
      if (typeof inode !== "object") return;
      inode.now = inode.now.subarray(0, length);
      this.#note();
    });
    this.#replace("fsyncSync", (descriptor: number) => {
      original.fsyncSync(descriptor);
      const inode = this.#open.get(descriptor);
      if (inode === undefined) return;
      this.syncs++;
      if (inode === "folder") this.#syncedNames = new Map(this.#names);
      else inode.synced = inode.now;
      this.#note();
    });
    this.#replace("renameSync", (from: string, to: string) => {
      original.renameSync(from, to);
      if (!this.#isOurs(to)) return;
      this.#names.set(to, this.#inode(from));
      this.#names.delete(from);
      this.#note();
    });
    this.#replace("linkSync", (from: string, to: string) => {
      original.linkSync(from, to);
      if (!this.#isOurs(to)) return;
      this.#names.set(to, this.#inode(from));
      this.#note();
    });
    this.#replace("rmSync", (file: string, options?: fs.RmOptions) => {
      original.rmSync(file, options);
      if (this.#names.delete(file)) this.#note();
    });
  }

  stop(): void {
    for (const [name, call] of this.#originals) Object.assign(fs, { [name]: call });
  }

  #replace(name: keyof typeof fs, call: Call): void {
    this.#originals.set(name, fs[name] as Call);
    Object.assign(fs, { [name]: call });
  }

  #isOurs(file: string): boolean {
    return path.dirname(file) === this.#folder;
  }

  #inode(file: string): Inode {
    const known = this.#names.get(file);
    if (known !== undefined) return known;
    const created = { now: Buffer.alloc(0), synced: Buffer.alloc(0) };
    this.#names.set(file, created);
    this.#note();
    return created;
  }

  #note(): void {
    this.states.push({ now: copyOf(this.#names), synced: copyOf(this.#syncedNames) });
  }
}

/** Inodes change; what they were does not. */
function copyOf(names: Names): Names {
  return new Map([...names].map(([name, inode]) => [path.basename(name), { ...inode }]));
}

/** What a power loss leaves of a state, with that luck. */
export function remainsOf({ now, synced }: State, luck: Luck): Remains {
  const names = luck.names === "all" ? now : synced;
  return new Map(
    [...names]
      .filter(([name]) => luck.names !== "removals" || now.has(name))
      .map(([name, inode]) => [name, dataOf(inode.now, inode.synced, luck.data)]),
  );
}

function dataOf(now: Buffer, synced: Buffer, luck: Luck["data"]): Buffer {
  if (luck === "all") return now;
  if (luck === "none") return synced;
  // The first half of what differs has reached the disk.
  const end = synced.length + Math.ceil((now.length - synced.length) / 2);
  return Buffer.concat([now.subarray(0, Math.max(0, end)), synced.subarray(Math.max(0, end))]);
}
