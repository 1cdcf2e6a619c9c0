import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";

/** A process, told from every other one that ever had or will have its number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** The machine's name; of a container, the container's. */
  readonly host: string;
  /** Changes whenever the machine starts; empty where it cannot be told. */
  readonly boot: string;
  /** Where its number counts: containers number their processes by themselves. Empty where it cannot be told. */
  readonly space: string;
  /** When it started, in the kernel's ticks; empty where it cannot be told. */
  readonly start: string;
  /** Chance: no two are alike. */
  readonly token: string;
}

export function thisProcess(): ProcessIdentity {
  return {
    pid: process.pid,
    host: os.hostname(),
    boot: bootId(),
    space: processSpace(),
    start: startOf(process.pid) ?? "",
    token: randomBytes(8).toString("hex"),
  };
}

/** Whether a process is at work. What cannot be told counts as yes: a file is taken from nobody who may be using it. */
export function isAlive(other: ProcessIdentity): boolean {
  if (other.host !== os.hostname()) return true;
  // The machine, or the container of this name, has been started anew since.
  if (other.boot !== bootId() || other.space !== processSpace()) return false;
  const start = startOf(other.pid);
  if (start !== undefined && other.start !== "") return start === other.start;
  return answersSignals(other.pid);
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/**
 * Ticks from the machine's start to the process's; undefined where that cannot be read, `""` for one that has ended but is
 * still listed. Source: proc(5), fields 3 and 22 of `stat`; the name before them may hold anything, parentheses included.
 */
function startOf(pid: number): string | undefined {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state] = fields;
  return state === "Z" || state === "X" ? "" : fields[19];
}

function bootId(): string {
  return read("/proc/sys/kernel/random/boot_id")?.trim() ?? "";
}

function processSpace(): string {
  try {
    return fs.readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}

function read(file: string): string | undefined {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
