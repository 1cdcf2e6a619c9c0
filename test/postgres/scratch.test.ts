import { conformance } from "@gati-framework/storage-testing";
import { test } from "vitest";
import { postgresEmbedded, postgresServer } from "../backends/postgres.js";
import { pglite, kyselySqlite } from "../backends/kysely.js";
test.each([postgresEmbedded, postgresServer, pglite, kyselySqlite])("$name", async (i) => {
  const t = Date.now();
  let n = 0;
  const failed = [];
  for (const c of conformance(i)) { n++; try { await c.run(); } catch (e) { failed.push(c.name + ": " + String((e as Error).message).slice(0, 200)); } }
  console.log(i.name, n, "cases", Date.now() - t, "ms", failed);
}, 120000);
