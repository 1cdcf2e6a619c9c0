import { randomBytes } from "node:crypto";

import { createConnection, type RowDataPacket } from "mysql2/promise";

/** Where the machine's own server is looked for, when `STORAGE_TEST_MYSQL_URL` names none. */
const USUAL_URL = "mysql://root@127.0.0.1:3306/mysql";

/**
 * The server that `STORAGE_TEST_MYSQL_URL` names, which then must answer; otherwise the machine's own. Undefined where none
 * answers: no npm package brings one. Its user must be able to create databases.
 */
export async function mysqlUrl(): Promise<string | undefined> {
  const given = process.env["STORAGE_TEST_MYSQL_URL"];
  const url = given ?? USUAL_URL;
  try {
    await query(url, "select 1");
    return url;
  } catch (error) {
    if (given === undefined) return undefined;
    throw new Error("the server that STORAGE_TEST_MYSQL_URL names does not answer", { cause: error });
  }
}

/** What a test says in place of its cases where no server answers. */
export const ABSENT =
  "no MySQL or MariaDB server answers here: start one, or name it with STORAGE_TEST_MYSQL_URL";

/** Runs statements, separated by `;`, on a connection of its own, and returns the rows of a single one. */
export async function query(
  url: string,
  sql: string,
  values: readonly unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const connection = await createConnection({
    uri: url,
    connectTimeout: 5_000,
    multipleStatements: true,
  });
  try {
    const [rows] = await connection.query<RowDataPacket[]>(sql, [...values]);
    return rows;
  } finally {
    connection.destroy();
  }
}

/** A database of a test's own on the server: its URL, and how to drop it. */
export interface TestDatabase {
  readonly name: string;
  readonly url: string;
  drop(): Promise<void>;
}

export async function createDatabase(server: string): Promise<TestDatabase> {
  const name = `storage_test_${randomBytes(6).toString("hex")}`;
  await query(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    name,
    url: url.href,
    drop: async () => {
      await query(server, `drop database if exists ${name}`);
    },
  };
}

/** Waits until the server has noticed that a killed client is gone: until then its last statement may still run. */
export async function withoutClients(server: string, database: string): Promise<void> {
  const connection = await createConnection({ uri: server });
  try {
    for (;;) {
      const [rows] = await connection.query(
        "select 1 from information_schema.processlist where db = ? and command <> 'Sleep' and id <> connection_id()",
        [database],
      );
      if ((rows as unknown[]).length === 0) return;
    }
  } finally {
    connection.destroy();
  }
}
