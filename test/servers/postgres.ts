import { Client, Pool } from "pg";
import { onTestFinished } from "vitest";

import { startProxy } from "../faults/proxy.js";
import { query, type TestServer } from "../postgres/server/servers.js";
import { freshSchema, inSchema, openPostgres, untilRows } from "../postgres/support.js";
import { withUrl } from "../support/urls.js";
import type { Access, Place, Server } from "./server.js";

export function postgresServer({ name, url }: TestServer): Server {
  return {
    name,
    backend: "postgres",
    place: async () => newPlace(url),
    open: openPostgres,
    lockedOut: {
      timeout: 1_000,
      reason: { code: "TIMEOUT", outcome: "not-written", retryable: true, cause: { code: "57014" } },
    },
    disconnected: ["UNAVAILABLE"],
    noRights: { code: "42501" },
    creation: { atOnce: true, killedAfter: [4, 7, 10, 13, 16, 18] },
    preparesApart: false,
  };
}

const RIGHTS = { read: "select", write: "select, insert, update, delete" } as const;

/** The name of a schema is that of its storages' connections, too, so that the server can tell them. */
function newPlace(url: string): Place {
  const schema = freshSchema(url);
  const connectionString = withUrl(url, (target) => target.searchParams.set("application_name", schema));
  const sql = (text: string, values: readonly unknown[] = []) => query(url, inSchema(text, schema), values);
  const prepare = async (): Promise<void> => {
    await query(url, `create schema if not exists "${schema}"`);
  };
  const through = (change: (target: URL) => void): Access =>
    accessTo({ connectionString: withUrl(connectionString, change), schema });

  return {
    ...accessTo({ connectionString, schema }),
    prepare,
    sql,
    async tables() {
      const rows = await query(url, "select tablename from pg_tables where schemaname = $1 order by 1", [
        schema,
      ]);
      return rows.map(({ tablename }) => String(tablename));
    },
    async proxied() {
      const proxy = await startProxy(url);
      onTestFinished(() => proxy.close());
      return { proxy, behind: through((target) => void (target.port = String(proxy.port))) };
    },
    async asUser(rights) {
      await prepare();
      await query(
        url,
        `create role "${schema}" login;
         grant usage on schema "${schema}" to "${schema}";
         grant ${RIGHTS[rights]} on all tables in schema "${schema}" to "${schema}";
         alter default privileges in schema "${schema}" grant ${RIGHTS[rights]} on tables to "${schema}"`,
      );
      onTestFinished(async () => {
        await query(url, `drop schema if exists "${schema}" cascade`);
        await query(url, `drop owned by "${schema}"`);
        await query(url, `drop role "${schema}"`);
      });
      return through((target) => void (target.username = schema));
    },
    // The server trusts whoever comes from this machine.
    withPassword: async (password) => through((target) => void (target.password = password)),
    async connections() {
      const [row] = await query(
        url,
        "select count(*) as n from pg_stat_activity where application_name = $1",
        [schema],
      );
      return Number(row?.["n"]);
    },
    async disconnect() {
      const rows = await query(
        url,
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1",
        [schema],
      );
      return rows.length;
    },
    withoutClients: () => withoutClients(url, schema),
    async lock(table) {
      const holder = new Client({ connectionString: url });
      holder.on("error", () => {});
      await holder.connect();
      onTestFinished(() => holder.end());
      await holder.query(`begin; select * from "${schema}".${table} for update`);
      return async () => {
        await holder.query("commit");
      };
    },
    untilBlocked: () =>
      untilRows(
        url,
        "select 1 from pg_stat_activity where application_name = $1 and wait_event_type = 'Lock'",
        [schema],
      ),
    async countInserts() {
      await sql(
        `create sequence gati_inserts;
         create function gati_note() returns trigger language plpgsql as
           $$ begin perform nextval('gati_inserts'); return new; end $$;
         create trigger note before insert on gati_gtype for each row execute function gati_note()`,
      );
      const [start] = await sql("select nextval('gati_inserts') as n");
      return async () => {
        const [row] = await sql("select last_value as n from gati_inserts");
        return Number(row?.["n"]) - Number(start?.["n"]);
      };
    },
    async slowUpdates() {
      // What a sequence has counted is not rolled back. The server looks for deadlocks after a second unless told.
      await sql(
        `create sequence gati_attempts;
         create function gati_count() returns trigger language plpgsql as
           $$ begin
             perform nextval('gati_attempts'), set_config('deadlock_timeout', '10ms', true);
             return null;
           end $$;
         create function gati_dawdle() returns trigger language plpgsql as
           $$ begin perform pg_sleep(0.002); return new; end $$;
         create trigger count before update on gati_gtype for each statement execute function gati_count();
         create trigger dawdle before update on gati_gtype for each row execute function gati_dawdle()`,
      );
      return async (batches) => {
        const [row] = await sql("select last_value as attempts from gati_attempts");
        return Number(row?.["attempts"]) - batches;
      };
    },
  };
}

function accessTo(options: Access["options"]): Access {
  const { connectionString, ...where } = options;
  return {
    options,
    open: (more) => openPostgres({ ...options, ...more }),
    pool(max) {
      const pool = new Pool({ connectionString, ...(max === undefined ? {} : { max }) });
      onTestFinished(() => (pool.ending ? undefined : pool.end()));
      return {
        open: (more) => openPostgres({ pool, ...where, ...more }),
        async hold() {
          const client = await pool.connect();
          return () => client.release();
        },
        waiting: () => pool.waitingCount,
        end: () => pool.end(),
      };
    },
  };
}

async function withoutClients(url: string, schema: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (;;) {
      const { rowCount } = await client.query(
        "select 1 from pg_stat_activity where state <> 'idle' and application_name = $1",
        [schema],
      );
      if (rowCount === 0) return;
    }
  } finally {
    await client.end();
  }
}
