import type { StorageModule } from "@gati-framework/storage";

import { query } from "../mysql/server/server.js";
import { freshDatabase, mysqlToTest, openMysql, type Way, WAYS, withTexts } from "../mysql/support.js";
import { members as postgresMembers } from "../postgres/members.js";
import { inSchema } from "../postgres/support.js";

/** A database that answers later, whichever and however it is reached: a storage of the running test's own, and SQL beside it. */
export interface Member {
  readonly name: string;
  readonly backend: "postgres" | "mysql";
  open(): Promise<{
    readonly module: StorageModule;
    /** Runs a statement in which names that begin with `gati_` are the storage's tables; text comes back as text. */
    sql(text: string, values?: readonly (string | Buffer)[]): Promise<Record<string, unknown>[]>;
    /** How long a document's text can be, all but what else a statement holds. */
    longest(): Promise<number>;
  }>;
}

const LONGEST = 16 * 1024 * 1024;

/** PostgreSQL's servers, PGlite, and a MySQL server, where one answers, in all the ways to it. */
export async function members(): Promise<readonly Member[]> {
  const [postgres, server] = [await postgresMembers(), mysqlToTest()];
  return [
    ...postgres.map((member): Member => ({
      name: member.name,
      backend: "postgres",
      async open() {
        const { module, schema, sql } = await member.open();
        return {
          module,
          sql: (text, values = []) => sql(numbered(inSchema(text, schema)), values),
          longest: async () => LONGEST - 1_000,
        };
      },
    })),
    ...(server === undefined ? [] : WAYS.map((way) => mysqlMember(server, way))),
  ];
}

function mysqlMember(server: string, { name, bytesAsText, options }: Way): Member {
  return {
    name: `mysql, through ${name}`,
    backend: "mysql",
    async open() {
      const { url } = await freshDatabase(server);
      const sql = async (text: string, values: readonly (string | Buffer)[] = []) => {
        const rows = await query(url, text, values);
        return Array.isArray(rows) ? rows.map(withTexts) : [];
      };
      return {
        module: openMysql(options(url)),
        sql,
        async longest() {
          const [row] = await sql("select @@max_allowed_packet as packet");
          return Math.min(LONGEST, Number(row?.["packet"]) / (bytesAsText ? 2 : 1)) - 2_000;
        },
      };
    },
  };
}

/** With PostgreSQL's placeholders in place of `?`. */
function numbered(text: string): string {
  let n = 0;
  return text.replaceAll("?", () => `$${++n}`);
}
