/** A database that the application is served from. */
export interface Companion {
  /** What the story says of it. */
  readonly about: string;
  /** What the application finds in its environment. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Provides what a config needs. */
export async function startCompanion(needs: "postgres" | "mysql"): Promise<Companion> {
  if (needs === "mysql") return (await import("./mysql-database.js")).createMysqlDatabase();
  return (await import("./postgres-server.js")).startPostgres();
}
