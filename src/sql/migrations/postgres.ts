import type { ScalarKind } from "./column.js";
import { LONGEST_STEP, type MigrationDialect, recordVersion, type StandIns } from "./dialect.js";

/** What upgrading tables on PostgreSQL takes; `create` makes every entity's table. */
export function postgresMigration(
  schema: string,
  prefix: string,
  create: (standIns: StandIns) => readonly string[],
): MigrationDialect {
  const table = (text: string): string => `"${schema}"."${text}"`;
  const meta = table(`${prefix}meta`);
  return {
    prefix,
    lock: [
      // What whoever was waited for has left must be seen, whatever a role or a server has set: a snapshot from before the lock
      // would still show the old version.
      "set transaction isolation level read committed",
      // Of this transaction alone, whatever a role or a pool has set for its short statements.
      `set local statement_timeout = ${LONGEST_STEP}`,
      "set local lock_timeout = 0",
      "set local idle_in_transaction_session_timeout = 0",
      `select pg_advisory_xact_lock(hashtextextended('storage tables in ${schema}', 0))`,
    ],
    readMeta: `select "name", "value" from ${meta}`,
    obstacles: (taken, dropped) => obstacles(schema, taken, dropped),
    prepare: (refilled, others) => [
      // What another release would still write to a row that has been read would be lost.
      ...[...refilled, ...others].toSorted().map((old) => `lock table ${table(old)} in exclusive mode`),
      ...refilled.map(
        (old, index) =>
          `create index ${name(`${prefix}migration_${index + 1}_seq`)} on ${table(old)} ("seq")`,
      ),
    ],
    dropIndexes: (_, indexes) => indexes.map((index) => `drop index if exists ${table(index)}`),
    create,
    copy: null,
    table,
    name,
    arg: (position) => `$${position + 1}`,
    size: `octet_length("data")`,
    bind: (value) => value,
    *insert(standIn, { columns }, rows) {
      const names = ["seq", ...columns.map(({ column }) => column), "data"].map(name).join(", ");
      const arrays = ["bigint", ...columns.map(({ kind }) => TYPES[kind]), "text"].map(
        (type, index) => `$${index + 1}::${type}[]`,
      );
      const stored = yield {
        sql: `insert into ${table(standIn)} (${names}) overriding system value select ${names} from unnest(${arrays.join(", ")}) as input (${names}) order by "seq" on conflict do nothing returning "seq"`,
        values: [
          rows.map(({ seq }) => seq),
          ...columns.map((_, index) => rows.map(({ values }) => values[index])),
          rows.map(({ data }) => data),
        ],
      };
      return new Set(stored.map(({ seq }) => Number(seq)));
    },
    replace: (old, standIns) => [
      ...standIns.flatMap(({ standIn, source }) =>
        source === null ? [] : [takeOver(schema, source, standIn)],
      ),
      ...standIns.map(({ standIn, source }) =>
        nextNumber(table(standIn), source === null ? null : table(source)),
      ),
      ...old.map((gone) => `drop table ${table(gone)}`),
      ...standIns.flatMap(({ standIn, table: final }) => [
        `alter table ${table(standIn)} rename to ${name(final)}`,
        `alter index if exists ${table(`${standIn}_pkey`)} rename to ${name(`${final.slice(0, 58)}_pkey`)}`,
        `alter sequence if exists ${table(`${standIn}_seq_seq`)} rename to ${name(`${final.slice(0, 55)}_seq_seq`)}`,
      ]),
    ],
    setVersion: (version, readableFrom) => recordVersion(meta, version, readableFrom),
    tidy: [],
  };
}

const TYPES: Readonly<Record<ScalarKind, string>> = {
  string: "text",
  number: "double precision",
  boolean: "boolean",
};

/** Goes on numbering rows where the old table did: the number of a row that has gone is not given again (rule S6). */
function nextNumber(standIn: string, source: string | null): string {
  const last = source === null ? "0" : `coalesce(pg_sequence_last_value(${sequenceOf(source)}), 0)`;
  return `select setval(${sequenceOf(standIn)}, greatest(coalesce(max("seq"), 0), ${last}) + 1, false) from ${standIn}`;
}

function sequenceOf(table: string): string {
  return `pg_get_serial_sequence('${table}', 'seq')`;
}

/** What would go with a table that is dropped, or holds on to it, and what has a name that will be taken. */
function obstacles(schema: string, taken: readonly string[], dropped: readonly string[]): string {
  return `
    with ours as (
      select oid, relname, relkind from pg_catalog.pg_class
      where relnamespace = (select oid from pg_catalog.pg_namespace where nspname = '${schema}')
    ), dropped as (select oid, relname from ours where relname::text = any(${texts(dropped)}))
    select format('%s %I is there already', case relkind when 'v' then 'view' when 'i' then 'index' when 'S' then 'sequence' else 'table' end, relname) as "what"
    from ours where relname::text = any(${texts(taken)})
    union all
    select format('trigger %I on %I', tgname, relname) from pg_catalog.pg_trigger join dropped on dropped.oid = tgrelid where not tgisinternal
    union all
    select format('policy %I on %I', polname, relname) from pg_catalog.pg_policy join dropped on dropped.oid = polrelid
    union all
    select format('foreign key of %s to %I', conrelid::regclass, relname) from pg_catalog.pg_constraint join dropped on dropped.oid = confrelid where contype = 'f'
    union all
    select distinct format('view %s of %I', ev_class::regclass, relname)
    from pg_catalog.pg_depend join dropped on dropped.oid = refobjid join pg_catalog.pg_rewrite as rule on rule.oid = objid
    where classid = 'pg_catalog.pg_rewrite'::regclass and refclassid = 'pg_catalog.pg_class'::regclass`;
}

/** Gives a new table the owner of the old one, and everybody the rights they had on it. */
function takeOver(schema: string, source: string, standIn: string): string {
  const [from, to] = [source, standIn].map((table) => `'"${schema}"."${table}"'::regclass`);
  return `do $$
declare
  item record;
begin
  for item in
    select relowner::regrole as owner from pg_catalog.pg_class
    where oid = ${from} and relowner <> (select relowner from pg_catalog.pg_class where oid = ${to})
  loop
    execute format('alter table %s owner to %s', ${to}, item.owner);
  end loop;
  for item in
    select privilege_type, is_grantable, case grantee when 0 then 'public' else grantee::regrole::text end as grantee
    from pg_catalog.pg_class, aclexplode(relacl)
    where oid = ${from} and grantee <> relowner
  loop
    execute format('grant %s on %s to %s', item.privilege_type, ${to}, item.grantee)
      || case when item.is_grantable then ' with grant option' else '' end;
  end loop;
end $$`;
}

function texts(names: readonly string[]): string {
  return `array[${names.map((text) => `'${text}'`).join(", ")}]::text[]`;
}

function name(text: string): string {
  return `"${text}"`;
}
