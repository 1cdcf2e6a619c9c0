import { setImmediate as nextTurn } from "node:timers/promises";

import { StorageError } from "@gati-framework/storage-kit";
import { Pool, type PoolClient } from "pg";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";

import { refusal } from "../better-sqlite3/support.js";
import { mysqlUrl } from "../mysql/server/server.js";
import { findPgBouncer, startPgBouncer } from "../postgres/pgbouncer.js";
import { embeddedUrl, query } from "../postgres/server/servers.js";
import { fill, shopOf } from "./documents.js";
import { buildShop, type SpecProject } from "./project.js";
import {
  betterSqlite,
  mysql,
  openStore,
  pglite,
  type Place,
  postgres,
  sqlJs,
  type Target,
} from "./targets.js";

let project: SpecProject;
beforeAll(async () => {
  project = await buildShop(["v1", "v5"]);
});
afterAll(() => project?.remove());

/** What stands in the way, and how errors call it. */
type Obstacle = readonly [what: string, sql: string];

const TABLE: Obstacle = ["table shop_tag is there already", "create table shop_tag (mine integer)"];
const STAND_IN: Obstacle = [
  "table shop_migration_2 is there already",
  "create table shop_migration_2 (mine integer)",
];

const ON_SQLITE: readonly Obstacle[] = [
  TABLE,
  STAND_IN,
  ["index shop_tag is there already", "create table mine (n); create index shop_tag on mine (n)"],
  ["trigger audit on shop_note", "create trigger audit after insert on shop_note begin select 1; end"],
  [
    "foreign key of mine to shop_note",
    "create table mine (note text references shop_note (id) on delete cascade); insert into mine values ('note 1')",
  ],
];

const ON_POSTGRES: readonly Obstacle[] = [
  TABLE,
  STAND_IN,
  ["view shop_tag is there already", "create view shop_tag as select 1 as n"],
  [
    "trigger audit on shop_note",
    "create function audit() returns trigger language plpgsql as 'begin return new; end'; create trigger audit before insert on shop_note for each row execute function audit()",
  ],
  ["foreign key of mine to shop_note", 'create table mine (note text collate "C" references shop_note (id))'],
  ["view mine of shop_note", "create view mine as select id from shop_note"],
  ["policy mine on shop_note", "create policy mine on shop_note using (true)"],
];

const ON_MYSQL: readonly Obstacle[] = [
  TABLE,
  [
    "trigger audit on shop_note",
    "create trigger audit before insert on shop_note for each row set @audit = 1",
  ],
  [
    "foreign key of mine to shop_note",
    "create table mine (note bigint unsigned, foreign key (note) references shop_note (seq))",
  ],
];

const mysqlServer = await mysqlUrl();
const postgresServer = await embeddedUrl();
const onPostgres = postgres({ name: "postgres-embedded", url: postgresServer });

const targets: readonly (readonly [Target, readonly Obstacle[]])[] = [
  [betterSqlite, ON_SQLITE],
  [sqlJs, ON_SQLITE],
  [onPostgres, ON_POSTGRES],
  [pglite, ON_POSTGRES],
  ...(mysqlServer === undefined ? [] : [[mysql(mysqlServer), ON_MYSQL] as const]),
];

async function makeOld(target: Target): Promise<Place> {
  const place = await target.newPlace();
  const old = await openStore(project, target, "v1", place);
  await fill(old.exports, 1, shopOf(1, 10));
  await old.shutdown();
  return place;
}

/** Opens the newest version, which must refuse and change nothing. What it says, without quotes and names of places. */
async function refused(target: Target, place: Place): Promise<string> {
  const before = await place.contents();
  const store = await openStore(project, target, "v5", place);
  const { code, message } = await refusal(() => store.init());
  expect(code).toBe("SCHEMA_MISMATCH");
  expect(await place.contents()).toEqual(before);
  return message.replaceAll('"', "").replaceAll(/test_\w+\./g, "");
}

describe.each(targets)("S15: $name", (target, obstacles) => {
  test.each(obstacles)("what is not ours is in the way: %s", async (what, sql) => {
    const place = await makeOld(target);
    await place.run(sql);
    expect(await refused(target, place)).toMatch(
      new RegExp(
        `: cannot upgrade the (?:tables|database) from schema version 1 to 5: what is not ours is in the way, and nothing was changed\\n  ${what}$`,
      ),
    );
  });

  test("rows whose documents no longer parse, or do not fit: refused by name, and nothing of them is told", async () => {
    const place = await makeOld(target);
    await place.run(`update shop_note set data = '{"id": "note 3", "secret' where id = 'note 3'`);
    await place.run(
      `update shop_job set data = '{"id":"job 4","queue":"secret","createdAt":"secret"}' where id = 'job 4'`,
    );
    const message = await refused(target, place);
    expect(message).toMatch(/ from schema version 1 to 5: 2 rows do not fit, and nothing was changed$/m);
    expect(message).toContain(
      "\n  task {id:job 4} at position 5: task.createdAt must be a number or absent, but is a string",
    );
    expect(message).toContain("\n  note at position 4: the stored text is not an encoded document");
    expect(message).not.toContain("secret");
  });
});

describe.each(targets.filter(([target]) => ![sqlJs, pglite].includes(target)))(
  "S15: a storage of the old version goes on reading while another one upgrades, on $name",
  (target) => {
    test("the upgrade gets through, and every read answers with the document, or refuses", async () => {
      const place = await makeOld(target);
      const old = await openStore(project, target, "v1", place);
      await old.init();
      const seen = new Set<string>();
      const upgrade = { isOver: false };
      const reading = (async () => {
        while (!upgrade.isOver) {
          try {
            // oxlint-disable-next-line no-await-in-loop -- again and again
            const notes = (await old.exports["listNotes"]?.()) as readonly { id: string }[];
            seen.add(notes.map(({ id }) => id).join());
          } catch (error) {
            seen.add(StorageError.is(error) ? "refused" : String(error));
          }
          // A read that is answered at once lets nothing else happen.
          // oxlint-disable-next-line no-await-in-loop -- again and again
          await nextTurn();
        }
      })();
      const store = await openStore(project, target, "v5", place);
      await store.init();
      upgrade.isOver = true;
      await reading;
      const all = shopOf(1, 10)
        .note.map(({ id }) => id)
        .join();
      expect([...seen].filter((each) => each !== "refused")).toEqual([all]);
      expect(store.exports["getStats"]?.()).toMatchObject({ tasks: 10, notes: 10 });
    });
  },
);

const STORAGES = 6;

/** Opens several storages of the newest version at once, each over a pool of its own. How many of them upgraded. */
async function upgradeAtOnce(place: Place, connection: object): Promise<number> {
  let upgrading = 0;
  const stores = await Promise.all(
    Array.from({ length: STORAGES }, () => {
      const pool = new Pool({ ...connection, max: 2 });
      pool.on("connect", (client: PoolClient) => {
        const ask = client.query.bind(client) as (...args: unknown[]) => unknown;
        client.query = ((...args: unknown[]) => {
          const [first] = args as [string | { readonly text?: string }];
          const text = typeof first === "string" ? first : first.text;
          if (text?.startsWith("lock table") === true && text.includes("shop_note")) upgrading++;
          return ask(...args);
        }) as PoolClient["query"];
      });
      onTestFinished(() => pool.end());
      const { schema } = place.options as { readonly schema: string };
      return openStore(project, onPostgres, "v5", { ...place, options: { schema }, live: { pool } });
    }),
  );
  await Promise.all(stores.map((store) => store.init()));
  expect(stores.map((store) => store.exports["getStats"]?.())).toEqual(
    stores.map(() => ({ tasks: 10, notes: 10, tickets: expect.any(Number), events: 0, labels: 0 })),
  );
  await Promise.all(stores.map((store) => store.shutdown()));
  return upgrading;
}

describe("S15: many upgrade at once on PostgreSQL: one does, and the others see what it left", () => {
  test.each(["repeatable read", "serializable"])("where transactions are %s by default", async (level) => {
    const place = await makeOld(onPostgres);
    const options = `-c default_transaction_isolation=${level.replace(" ", "\\ ")}`;
    expect(await upgradeAtOnce(place, { connectionString: postgresServer, options })).toBe(1);
  });

  const pgBouncer = findPgBouncer();
  test.skipIf(pgBouncer === undefined)(
    "through a pooler in transaction mode, whose connections keep nothing of it",
    async () => {
      const pooler = await startPgBouncer(pgBouncer?.binary ?? "", postgresServer, []);
      onTestFinished(() => pooler.close());
      const place = await makeOld(onPostgres);
      expect(await upgradeAtOnce(place, { connectionString: pooler.url })).toBe(1);
      const left = await query(
        postgresServer,
        "select 1 from pg_locks join pg_stat_activity using (pid) where locktype = 'advisory' and datname = current_database()",
      );
      expect(left).toEqual([]);
      for (const setting of ["statement_timeout", "idle_in_transaction_session_timeout"]) {
        // oxlint-disable-next-line no-await-in-loop -- on whichever connection
        expect(await query(pooler.url, `show ${setting}`)).toEqual([{ [setting]: "0" }]);
      }
    },
  );
});
