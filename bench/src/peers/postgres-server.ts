import { Pool } from "pg";
import { startServer as startEmbedded } from "storage-embedded-postgres";

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
  const { url: connectionString, stop } = await startEmbedded("storage-bench-postgres");
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
  try {
    await checkDurability(pool());
  } catch (error) {
    await stop();
    throw error;
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
