import { Pool } from "pg";
import { describe, expect, onTestFinished, test } from "vitest";

import { arrayParameter } from "../../generated/storage-postgres/dist/array-parameter.js";
import { testServers } from "./server/servers.js";
import { freshSchema, manifest, openPostgres } from "./support.js";

function poolOf(url: string): Pool {
  const pool = new Pool({ connectionString: url, max: 1 });
  onTestFinished(() => pool.end());
  return pool;
}

describe.each(await testServers())("arrays in binary, on $name", ({ url }) => {
  test.each([
    ["text", ["", "a", null, 'quo"te', "back\\slash", "{,}", "NULL", "é\u{1f600}\ufeff", "\n\t\u0001"]],
    ["text", [null, null, "late"]],
    ["double precision", [null, 0, 1.5, -1, 2 ** 53, 5e-324, -1.7976931348623157e308, 1 / 3]],
    ["boolean", [true, false, null]],
  ])("the server reads %s[] as it was written: %j", async (type, values) => {
    const parameter = arrayParameter(values);
    expect(parameter).toBeInstanceOf(Buffer);
    const { rows } = await poolOf(url).query<{ values: unknown }>({
      text: `select $1::${type}[] as "values"`,
      values: [parameter],
    });
    expect(rows).toEqual([{ values }]);
  });

  test("what no element tells the type of stays as it is", () => {
    expect(arrayParameter([null, null])).toEqual([null, null]);
    expect(arrayParameter([])).toEqual([]);
  });

  test("a text that PostgreSQL cannot hold is refused as it is elsewhere", async () => {
    const refused = poolOf(url).query("select $1::text[]", [arrayParameter(["a\0b"])]);
    await expect(refused).rejects.toMatchObject({ code: "22021" });
  });

  test.each([
    ["pg", undefined, true],
    ["pg-native, which sends texts alone", {}, false],
  ])("to %s", async (_, native, expected) => {
    const pool = poolOf(url);
    let sawBuffer = false;
    pool.on("connect", (client) => {
      const query = client.query.bind(client) as (...parameters: unknown[]) => unknown;
      const watched = (config: { values?: unknown[] }, ...rest: unknown[]): unknown => {
        sawBuffer ||= (config.values ?? []).some((value) => Buffer.isBuffer(value));
        return query(config, ...rest);
      };
      Object.assign(client, { query: watched, ...(native === undefined ? {} : { native }) });
    });
    const { exports: storage, shutdown } = openPostgres({ pool, schema: freshSchema(url) });
    const documents = ["1.0.0", "2.0.0", "3.0.0"].map((version) =>
      manifest("handler", version, 1, { note: '"\\' }),
    );
    await Promise.all(documents.map((document) => storage.storeManifest(document)));
    const found = documents.map(({ handlerId, version }) => storage.getManifest(handlerId, version));
    expect(await Promise.all(found)).toEqual(documents);
    expect(sawBuffer).toBe(expected);
    await shutdown();
  });
});
