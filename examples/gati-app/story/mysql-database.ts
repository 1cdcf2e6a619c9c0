import { randomBytes } from "node:crypto";
import { createConnection } from "mysql2/promise";
import type { Companion } from "./companion.js";

/** Where a server is looked for unless `MYSQL_URL` names one. */
const USUAL_URL = "mysql://root@127.0.0.1:3306";

/**
 * Makes a database for this story on a server that runs already, and drops it in the end: no npm package brings a MySQL server.
 *
 * @throws Error that says where it looked, and what to do, when none answers.
 */
export async function createMysqlDatabase(): Promise<Companion> {
  const server = process.env["MYSQL_URL"] ?? USUAL_URL;
  const name = `gati_app_${randomBytes(6).toString("hex")}`;
  await run(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    about: `a database of its own on the MySQL or MariaDB server at ${url.host}`,
    environment: { DATABASE_URL: url.href },
    stop: () => run(server, `drop database ${name}`),
  };
}

async function run(server: string, sql: string): Promise<void> {
  try {
    const connection = await createConnection({ uri: server, connectTimeout: 5_000 });
    try {
      await connection.query(sql);
    } finally {
      connection.destroy();
    }
  } catch (error) {
    // The URL may have a password in it.
    const { code = "" } = error as { code?: string };
    throw new Error(
      `No MySQL or MariaDB server could be used at ${hostOf(server)} (${code}).\n` +
        "Start one, or name it: MYSQL_URL=mysql://user:password@host:3306. Its user must be allowed to create a database.",
      { cause: error },
    );
  }
}

function hostOf(server: string): string {
  return URL.canParse(server) ? new URL(server).host : "MYSQL_URL, which is no URL";
}
