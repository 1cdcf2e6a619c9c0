import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const DEADLINE = 30_000;
const SERVER = fileURLToPath(new URL("../server.js", import.meta.url));

/** The application in a process of its own. */
export class ServerProcess {
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #exit: Promise<Exit>;
  readonly #printed: string[];

  private constructor(url: string, child: ChildProcess, exit: Promise<Exit>, printed: string[]) {
    this.url = url;
    this.#child = child;
    this.#exit = exit;
    this.#printed = printed;
  }

  /** Starts it with `folder` as its working directory, and waits until it listens. */
  static async start(
    backend: string,
    folder: string,
    environment: Readonly<Record<string, string>>,
  ): Promise<ServerProcess> {
    const env = { ...process.env, ...environment };
    const child = fork(SERVER, [backend], { cwd: folder, env, silent: true });
    const printed: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => printed.push(text));
    }
    const exit = once(child, "close").then(([code, signal]) => ({ code, signal }) as Exit);
    const signal = AbortSignal.timeout(DEADLINE);
    try {
      const first = await Promise.race([once(child, "message", { signal }), exit]);
      if (!Array.isArray(first)) throw new Error(`The server ended early: ${describe(first)}`);
      const [{ url }] = first as [{ url: string }];
      return new ServerProcess(url, child, exit, printed);
    } catch (error) {
      child.kill("SIGKILL");
      throw new Error(`The server did not start. It printed:\n${printed.join("")}`, { cause: error });
    }
  }

  /** Everything it printed. Gati's own noise is only of interest when something failed. */
  get printed(): string {
    return this.#printed.join("");
  }

  /** Asks it to stop, and waits until it has. */
  async stop(): Promise<void> {
    this.#child.kill("SIGTERM");
    const late = setTimeout(() => this.#child.kill("SIGKILL"), DEADLINE);
    const exit = await this.#exit;
    clearTimeout(late);
    if (exit.code !== 0) throw new Error(`The server did not stop in good order: ${describe(exit)}`);
  }

  /** Ends it at once; harmless when it has ended. */
  kill(): void {
    this.#child.kill("SIGKILL");
  }
}

interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}

function describe({ code, signal }: Exit): string {
  return signal === null ? `exit code ${code}` : signal;
}
