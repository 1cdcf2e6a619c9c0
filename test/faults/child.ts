import { spawn, type ChildProcess } from "node:child_process";
import path from "node:path";

/** What is left of a child process that has ended. */
export interface Ended {
  /** Everything it printed, line by line. */
  readonly lines: readonly string[];
  readonly stderr: string;
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A child process that prints lines. */
export interface Child {
  readonly process: ChildProcess;
  /** The first line that `matches`, as soon as it is there. Rejects when the child ends without it. */
  line(matches: (line: string) => boolean): Promise<string>;
  readonly ended: Promise<Ended>;
}

/** Starts a script of `test/faults/children` in a process of its own; `prefix` puts a command such as strace before Node. */
export function startChild(
  script: string,
  args: readonly (string | number)[] = [],
  options: { readonly prefix?: readonly string[]; readonly cwd?: string } = {},
): Child {
  const file = path.resolve(import.meta.dirname, "children", script);
  const [command = process.execPath, ...rest] = [
    ...(options.prefix ?? []),
    process.execPath,
    file,
    ...args.map(String),
  ];
  const child = spawn(command, rest, {
    stdio: ["ignore", "pipe", "pipe"],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  const lines: string[] = [];
  const listeners = new Set<() => void>();
  let stderr = "";
  let over = false;
  const changed = (): void => listeners.forEach((listener) => listener());

  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  // A torn last line was not printed whole, so it says nothing; `readline` would hand it out all the same.
  let pending = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const parts = (pending + text).split("\n");
    pending = parts.pop() ?? "";
    lines.push(...parts);
    changed();
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode, signal) => {
      over = true;
      changed();
      resolve({ lines, stderr, exitCode, signal });
    });
  });

  return {
    process: child,
    ended,
    line: (matches) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = lines.find(matches);
          if (found === undefined && !over) return;
          listeners.delete(look);
          if (found === undefined) reject(new Error(`${script} ended without the awaited line\n${stderr}`));
          else resolve(found);
        };
        listeners.add(look);
        look();
      }),
  };
}

/** Runs a script to its end. */
export function runChild(...args: Parameters<typeof startChild>): Promise<Ended> {
  return startChild(...args).ended;
}
