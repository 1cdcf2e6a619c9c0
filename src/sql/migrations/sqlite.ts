import { sqliteValue } from "../sqlite-value.js";
import { type MigrationDialect, recordVersion, type StandIns } from "./dialect.js";

/**
 * What upgrading tables on SQLite takes. `create` makes every entity's table; `counters`, by table, begins to keep count of one
 * whose rows go one by one: in rows `<table>_last` and `<table>_removed` of the meta table, by triggers `<table>_added` and
 * `<table>_gone`. They come last, when the tables have their rows and their names.
 */
export function sqliteMigration(
  prefix: string,
  create: (standIns: StandIns) => readonly string[],
  counters: Readonly<Record<string, readonly string[]>> = {},
): MigrationDialect {
  const meta = name(`${prefix}meta`);
  return {
    prefix,
    // Whatever began the transaction, the right to write is claimed before anything is read.
    lock: [`update ${meta} set "value" = "value" where "name" = 'schema_version'`],
    readMeta: `select "name", "value" from ${meta}`,
    obstacles: (taken, dropped) => `
      select "type" || ' "' || "name" || '" is there already' as "what" from sqlite_schema where "name" collate nocase in ${texts(taken)}
      union all
      select 'trigger "' || "name" || '" on "' || "tbl_name" || '"' from sqlite_schema
      where "type" = 'trigger' and "tbl_name" collate nocase in ${texts(dropped)} and "name" not in ("tbl_name" || '_added', "tbl_name" || '_gone')
      union all
      select 'foreign key of "' || other."name" || '" to "' || reference."table" || '"'
      from sqlite_schema as other, pragma_foreign_key_list(other."name") as reference
      where other."type" = 'table' and reference."table" collate nocase in ${texts(dropped)}`,
    prepare: () => [],
    dropIndexes: (_, indexes) => indexes.map((index) => `drop index if exists ${name(index)}`),
    create: (standIns) => create(standIns).map(ifMissing),
    copy: null,
    table: name,
    name,
    arg: () => "?",
    size: `length("data")`,
    bind: sqliteValue,
    *insert(standIn, { columns, removable }, rows) {
      // Rows that do not go one by one are counted by their numbers: what is given up must leave no gap.
      const isDense = !removable;
      const names = [...(isDense ? [] : ["seq"]), ...columns.map(({ column }) => column), "data"];
      const sql = `insert into ${name(standIn)} (${names.map(name).join(", ")}) values (${names.map(() => "?").join(", ")}) on conflict do nothing returning "seq"`;
      const stored = new Set<number>();
      for (const { seq, values, data } of rows) {
        const [row] = yield { sql, values: [...(isDense ? [] : [seq]), ...values.map(sqliteValue), data] };
        if (row !== undefined) stored.add(seq);
      }
      return stored;
    },
    replace: (old, standIns) => {
      const counted = standIns.filter(({ table }) => counters[table] !== undefined);
      return [
        // The number of a row that has gone is not given again: a page may go on from there (rule S6).
        ...counted.flatMap(({ source, standIn }) =>
          source === null ? [] : [renameLast(meta, source, standIn)],
        ),
        ...old.flatMap((table) => [
          `drop table ${name(table)}`,
          `delete from ${meta} where "name" in ('${table}_last', '${table}_removed')`,
        ]),
        ...standIns.map(({ standIn, table }) => `alter table ${name(standIn)} rename to ${name(table)}`),
        ...counted.map(({ standIn, table }) => renameLast(meta, standIn, table)),
        ...Object.values(counters).flat().map(ifMissing),
      ];
    },
    setVersion: (version, readableFrom) => recordVersion(meta, version, readableFrom),
    tidy: [],
  };
}

/** Takes the last number that a table has given along to another. */
function renameLast(meta: string, from: string, to: string): string {
  return `update ${meta} set "name" = '${to}_last' where "name" = '${from}_last'`;
}

/** What is there already stays; whoever creates a database anew wants to hear of it. */
function ifMissing(sql: string): string {
  return sql.replace(/^create (table|index|unique index|trigger) /, "create $1 if not exists ");
}

/** `('a', 'b')`; the names have passed the check of the option `tablePrefix`, or the spec's. */
function texts(names: readonly string[]): string {
  return `(${names.map((text) => `'${text}'`).join(", ")})`;
}

function name(text: string): string {
  return `"${text}"`;
}
