import { buildQueries, DEFAULT_TABLE_PREFIX, postgresDialect, tableNames } from "@gati-framework/storage-sql";
import { describe, expect, test } from "vitest";

import { members } from "./members.js";

interface PlanNode {
  readonly "Node Type": string;
  readonly "Index Name"?: string;
  readonly Plans?: readonly PlanNode[];
}

function nodes(plan: PlanNode): PlanNode[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodes)];
}

describe.each(await members())("every read goes through an index, on $name", ({ open }) => {
  test('key, last, list and by several fields: no scan of a table, no sort; COLLATE "C" on every key', async () => {
    const { module, schema, sql, sqlByIndex } = await open();
    await module.init();
    await sql(`insert into "${schema}".gati_manifest (handler_id, version, created_at, data)
      select 'h' || n % 200, 'v' || n, n / 7, '{}' from generate_series(1, 20000) n`);
    await sql(`insert into "${schema}".gati_transformer (id, handler_id, from_version, to_version, data)
      select 't' || n, 'h' || n % 50, 'v' || n % 40, 'v' || n % 30, '{}' from generate_series(1, 20000) n`);
    for (const table of ["gtype", "version_graph", "hook_manifest"]) {
      const key = table === "gtype" ? "ref" : "handler_id";
      await sql(
        `insert into "${schema}".gati_${table} (${key}, data) select 'k' || n, '{}' from generate_series(1, 5000) n`,
      );
    }
    await sql(`insert into "${schema}".gati_timescape_metadata (handler_id, version, data)
      select 'h' || n % 100, 'v' || n, '{}' from generate_series(1, 5000) n`);
    for (const table of [
      "manifest",
      "transformer",
      "gtype",
      "version_graph",
      "hook_manifest",
      "timescape_metadata",
    ]) {
      await sql(`analyze "${schema}".gati_${table}`);
    }
    const { builder } = postgresDialect(schema, DEFAULT_TABLE_PREFIX);
    const queries = buildQueries(builder, tableNames(DEFAULT_TABLE_PREFIX));
    const values = ["h7", "v7", "v7"];
    for (const [query, index] of [
      ["getManifest", "gati_manifest_pkey"],
      ["getManifestLast", "gati_manifest_by_handler_id_last"],
      ["getAllManifestVersions", "gati_manifest_by_handler_id"],
      ["getHookManifest", "gati_hook_manifest_pkey"],
      ["getGType", "gati_gtype_pkey"],
      ["getTransformer", "gati_transformer_pkey"],
      ["getTransformersForVersions", "gati_transformer_by_handler_id_from_version_to_version"],
      ["getVersionGraph", "gati_version_graph_pkey"],
      ["getTimescapeMetadata", "gati_timescape_metadata_pkey"],
    ] as const) {
      const compiled = queries[query];
      const text = compiled.sql.replaceAll(/\$(\d+)/g, (_, n: string) => `'${values[Number(n) - 1]}'`);
      const [row] = await sqlByIndex(`explain (format json, costs off) ${text}`);
      const explained = row?.["QUERY PLAN"] as [{ Plan: PlanNode }] | undefined;
      const all = explained === undefined ? [] : nodes(explained[0].Plan);
      expect(
        all.map((node) => node["Node Type"]).filter((type) => /Seq Scan|Sort/.test(type)),
        query,
      ).toEqual([]);
      expect(
        all.map((node) => node["Index Name"]),
        query,
      ).toContain(index);
    }
    const collations = await sql(
      `select table_name, column_name, collation_name from information_schema.columns
       where table_schema = $1 and data_type = 'text' and column_name <> 'data'`,
      [schema],
    );
    expect(collations.length).toBe(12);
    expect(new Set(collations.map(({ collation_name: name }) => name))).toEqual(new Set(["C"]));
    const [created] = await sql(
      "select data_type from information_schema.columns where table_schema = $1 and column_name = 'created_at'",
      [schema],
    );
    expect(created).toEqual({ data_type: "double precision" });
  });
});
