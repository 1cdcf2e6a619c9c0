import { Pool } from "pg";
import { expect, test } from "vitest";

import { testServers } from "./server/servers.js";
import { freshSchema, openPostgres } from "./support.js";

const ROUNDS = 10;

/** A connection that looked for a schema before it was made may remember that there is none, long after it waited for the lock. */
test.each(await testServers())(
  "S15: prefixes and schemas that are created at once over few connections do not collide, on $name",
  async ({ url }) => {
    for (let round = 0; round < ROUNDS; round++) {
      const pool = new Pool({ connectionString: url, max: 3 });
      const schemas = [freshSchema(url), freshSchema(url), freshSchema(url)];
      const modules = ["gati_", "other_"].flatMap((tablePrefix) =>
        schemas.map((schema) => openPostgres({ pool, schema, tablePrefix })),
      );
      const opened = await Promise.allSettled(modules.map((module) => module.init()));
      expect(opened.map(({ status }) => status)).toEqual(modules.map(() => "fulfilled"));
      await Promise.all(modules.map((module) => module.shutdown()));
      await pool.end();
    }
  },
);
