import { createPool } from "mysql2";
import { createConnection } from "mysql2/promise";
import { onTestFinished } from "vitest";

import { query, withoutClients } from "../mysql/server/server.js";
import {
  freshDatabase,
  killConnections,
  openMysql,
  proxied,
  untilRows,
  withTexts,
} from "../mysql/support.js";
import { withUrl } from "../support/urls.js";
import type { Access, Place, Server } from "./server.js";

export function mysqlServer(url: string): Server {
  return {
    name: "mysql",
    backend: "mysql",
    place: () => newPlace(url),
    open: openMysql,
    // The server counts in whole seconds.
    lockedOut: {
      timeout: 3_000,
      reason: { code: "BUSY", outcome: "not-written", retryable: true, cause: { errno: 1205 } },
    },
    disconnected: ["UNAVAILABLE", "TIMEOUT"],
    noRights: { errno: 1142 },
    creation: { atOnce: false, killedAfter: [4, 5, 6, 7, 8, 10] },
    preparesApart: true,
  };
}

const RIGHTS = { read: "select", write: "select, insert, update, delete", all: "all" } as const;

async function newPlace(server: string): Promise<Place> {
  const { name, url } = await freshDatabase(server);
  const sql = async (text: string) => {
    const rows = await query(url, text);
    return Array.isArray(rows) ? rows.map(withTexts) : [];
  };
  const userWith = async (rights: keyof typeof RIGHTS, password = ""): Promise<Access> => {
    const user = name.slice(-20);
    await query(
      server,
      `create user '${user}'@'%' identified by '${password}'; grant ${RIGHTS[rights]} on \`${name}\`.* to '${user}'@'%'`,
    );
    onTestFinished(async () => {
      await query(server, `drop user '${user}'@'%'`);
    });
    return accessTo({
      connectionString: withUrl(url, (target) => {
        target.username = user;
        target.password = password;
      }),
    });
  };

  return {
    ...accessTo({ connectionString: url }),
    prepare: async () => {},
    sql,
    async tables() {
      const rows = await query(
        url,
        "select table_name as name from information_schema.tables where table_schema = database() order by 1",
      );
      return rows.map(({ name: table }) => String(table));
    },
    async proxied() {
      const { proxy, connectionString } = await proxied(url);
      return { proxy, behind: accessTo({ connectionString }) };
    },
    asUser: (rights) => userWith(rights),
    withPassword: (password) => userWith("all", password),
    async connections() {
      const rows = await query(server, "select id from information_schema.processlist where db = ?", [name]);
      return rows.length;
    },
    disconnect: () => killConnections(server, name),
    withoutClients: () => withoutClients(server, name),
    async lock(table) {
      const holder = await createConnection({ uri: server });
      onTestFinished(() => holder.destroy());
      await holder.query("start transaction");
      await holder.query(`select * from \`${name}\`.${table} for update`);
      return async () => {
        await holder.query("commit");
      };
    },
    async untilBlocked() {
      await untilRows(
        server,
        `select 1 from information_schema.innodb_trx t join information_schema.processlist p on p.id = t.trx_mysql_thread_id
         where t.trx_state = 'LOCK WAIT' and p.db = ?`,
        [name],
      );
    },
    async countInserts() {
      await sql(
        `create table executions (ref varbinary(512));
         create trigger note before insert on gati_gtype for each row insert into executions values (new.ref)`,
      );
      return async () => Number((await sql("select count(*) as n from executions"))[0]?.["n"]);
    },
    async slowUpdates() {
      await sql("create trigger dawdle before update on gati_gtype for each row do sleep(0.002)");
      const deadlocks = async (): Promise<number> => {
        const [row] = await sql(
          "select count from information_schema.innodb_metrics where name = 'lock_deadlocks'",
        );
        return Number(row?.["count"]);
      };
      const before = await deadlocks();
      return async () => (await deadlocks()) - before;
    },
  };
}

function accessTo(options: Access["options"]): Access {
  return {
    options,
    open: (more) => openMysql({ ...options, ...more }),
    pool(connectionLimit) {
      const pool = createPool({
        uri: options.connectionString,
        ...(connectionLimit === undefined ? {} : { connectionLimit }),
      });
      let ended: Promise<void> | undefined;
      const end = () => (ended ??= pool.promise().end());
      onTestFinished(end);
      return {
        open: (more) => openMysql({ pool, ...more }),
        async hold() {
          const connection = await pool.promise().getConnection();
          return () => connection.release();
        },
        waiting() {
          const { _connectionQueue: queue } = pool as unknown as { _connectionQueue: { length: number } };
          return queue.length;
        },
        end,
      };
    },
  };
}
