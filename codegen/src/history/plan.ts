import {
  type MigrationDialect,
  planUpgrade,
  refillStatements,
  type Step,
} from "@gati-framework/storage-kit/sql";

import { askedBackends } from "../backends/asked.js";
import { EXIT, type ExitCode, type Streams } from "../commands/command.js";
import { compileSql } from "../emit/compiled-sql.js";
import { generate } from "../generate.js";
import { loadSchema } from "../load/load.js";
import { projectRoot } from "../output/project-root.js";
import { UsageError } from "../usage-error.js";
import type { ComposedUpgrade } from "./compose.js";

export interface PlanOptions {
  readonly schema: string;
  readonly from?: number;
  /** The folder that messages name files relative to. */
  readonly cwd: string;
}

/** Prints an upgrade in words and in the SQL of each dialect; the exit code. */
export async function renderPlan(options: PlanOptions, streams: Streams): Promise<ExitCode> {
  const { schema, cwd } = options;
  const { model, lineage } = await loadSchema(schema, { root: projectRoot(schema), cwd });
  const upgrades = lineage?.upgrades ?? [];
  const composed =
    options.from === undefined
      ? upgrades.at(-1)
      : upgrades.find(({ upgrade }) => upgrade.from === options.from);
  if (composed === undefined) {
    if (options.from !== undefined && options.from !== model.version) {
      throw noSuchVersion(options.from, model.version, upgrades);
    }
    streams.out(
      `nothing to upgrade: no released version comes before version ${model.version} of ${model.name}`,
    );
    return EXIT.fine;
  }
  streams.out(inWords(model.name, composed));
  const dialects = await dialectsOf(options, model.tablePrefix);
  for (const [name, dialect] of Object.entries(dialects)) {
    const how = dialect.copy === null ? "in one transaction" : "on one connection, statement by statement";
    streams.out(`\n${name}, ${how}:\n\n${inSql(dialect, composed)}`);
  }
  return EXIT.fine;
}

function noSuchVersion(from: number, version: number, upgrades: readonly ComposedUpgrade[]): UsageError {
  const known = upgrades.map(({ upgrade }) => upgrade.from).join(", ");
  return new UsageError(
    `no released version ${from} comes before version ${version}`,
    known === ""
      ? "leave out `--from`: `storage-codegen release` has recorded no earlier version yet"
      : `give one that does: ${known}`,
  );
}

function inWords(name: string, { upgrade, words }: ComposedUpgrade): string {
  const readers =
    upgrade.readableFrom < upgrade.to
      ? `code of version ${upgrade.readableFrom} and later may go on using the database`
      : "code of earlier versions is refused afterwards";
  return [
    `${name}: from schema version ${upgrade.from} to ${upgrade.to}`,
    ...[...(words.length === 0 ? ["nothing changes in the tables"] : words), readers].map(
      (line) => `  - ${line}`,
    ),
  ].join("\n");
}

function inSql(dialect: MigrationDialect, { upgrade }: ComposedUpgrade): string {
  const plan = planUpgrade(dialect, upgrade);
  const fills = plan.refills.flatMap(({ refill, standIn }) => {
    const { sizes, documents, overwrite } = refillStatements(dialect, refill, standIn);
    const row = { seq: 1, values: refill.columns.map(() => null), data: "" };
    const insert = dialect.insert(standIn, refill, [row]).next().value as Step;
    return [
      `-- again and again until no row of ${refill.from.table} is left; each row's columns are taken from its document`,
      ...[sizes, documents, insert.sql].map(statement),
      ...(refill.onDuplicateKey === "keep-last"
        ? ["-- for a row whose key is there already", statement(overwrite)]
        : []),
    ];
  });
  return [
    ...dialect.lock.map(statement),
    statement(dialect.readMeta),
    ...plan.obstacles.flatMap((sql) => ["-- a row of this one ends it here", statement(sql)]),
    ...plan.prepare.map(statement),
    ...fills,
    ...(fills.length > 0 ? ["-- a row that does not fit ends it here, and nothing has changed"] : []),
    ...plan.finish.map(statement),
  ].join("\n");
}

function statement(sql: string): string {
  return `${sql.replaceAll(/\s+/g, " ").trim()};`;
}

/** What the emitted code itself runs. */
async function dialectsOf(
  { schema, cwd }: PlanOptions,
  prefix: string,
): Promise<Record<string, MigrationDialect>> {
  const backends = askedBackends(["all"], cwd);
  const { sql } = await generate({ schema, out: "generated", backends, cwd });
  if (sql === null) return {};
  const compiled = await compileSql(sql, prefix);
  return Object.fromEntries([...compiled].map(([name, { migration }]) => [name, migration]));
}
