import { afterAll, describe, expect, test } from "vitest";

import { countLost, Load } from "../../faults/load.js";
import { startEmbeddedServer } from "../server/embedded.js";
import { query } from "../server/servers.js";
import { expectRefusal, freshSchema, gtype, openPostgres, settles, withUrl } from "../support.js";
import { report } from "../../faults/report.js";

const ROUNDS = Number(process.env["STORAGE_TEST_RESTARTS"] ?? 2);

const server = await startEmbeddedServer([
  "-c",
  "max_connections=12",
  "-c",
  "superuser_reserved_connections=1",
]);
afterAll(() => server.dispose());

describe("F12, restarts of the server under load", () => {
  test.each(["stop fast", "stop immediate", "kill"] as const)(
    "%s: recovers by itself, loses nothing",
    async (how) => {
      const schema = freshSchema(server.url);
      const module = openPostgres({
        connectionString: server.url,
        schema,
        connectTimeout: 2_000,
        timeout: 5_000,
      });
      await module.init();
      const load = new Load([module.exports], 16);
      for (let round = 0; round < ROUNDS; round++) {
        await load.more(500);
        await server.end(how);
        const failures = load.failures;
        while (load.failures === failures) await new Promise((resolve) => setImmediate(resolve));
        await server.start();
        await load.more(100);
      }
      const result = await load.stop();
      for (const { error } of result.failed) {
        expect(["UNAVAILABLE", "TIMEOUT"], error.message).toContain(error.code);
        expect(error.retryable).toBe(true);
      }
      const lost = await countLost(module.exports, result);
      report(`F12 ${how}, postgres-embedded`, {
        injected: ROUNDS,
        acknowledged: result.acknowledged.length,
        failed: result.failed.length,
        lost,
      });
      expect(lost).toBe(0);
    },
  );
});

describe("F15, no connection to be had", () => {
  const connectTimeout = 2_000;

  async function refusedAtStart(connectionString: string, code: "UNAVAILABLE" | "TIMEOUT"): Promise<void> {
    const module = openPostgres({ connectionString, schema: "public", connectTimeout });
    const settled = await settles(() => module.exports.storeGType(gtype("a")));
    expect(settled).toMatchObject({
      status: "rejected",
      reason: { name: "StorageError", code, outcome: "not-written" },
    });
  }

  test("nobody listens", async () => {
    await refusedAtStart("postgres://postgres@127.0.0.1:1/postgres", "UNAVAILABLE");
  });

  test("an unknown host", async () => {
    await refusedAtStart("postgres://postgres@no-such-host.invalid/postgres", "UNAVAILABLE");
  });

  test("a missing database: typed; works as soon as it is there", async () => {
    const connectionString = withUrl(server.url, (url) => {
      url.pathname = "/born_later";
    });
    const { exports: storage } = openPostgres({ connectionString, connectTimeout });
    const error = await expectRefusal(() => storage.storeGType(gtype("a")), "UNAVAILABLE");
    expect(error).toMatchObject({ retryable: false, cause: { code: "3D000" } });
    await query(server.url, "create database born_later");
    await storage.storeGType(gtype("a"));
    expect(await storage.getGType("a")).toEqual(gtype("a"));
  });

  test("a wrong password: typed, and shown nowhere; works with the right one", async () => {
    await query(server.url, "create role careful login password 'right-password'");
    await query(server.url, "create schema careful authorization careful");
    await server.configure("host all careful 127.0.0.1/32 scram-sha-256");
    await query(server.url, "select pg_reload_conf()");
    const as = (password: string): string =>
      withUrl(server.url, (url) => {
        url.username = "careful";
        url.password = password;
      });
    const { exports: storage } = openPostgres({
      connectionString: as("wrong-password"),
      schema: "careful",
      connectTimeout,
    });
    const error = await expectRefusal(() => storage.getGType("a"), "UNAVAILABLE");
    expect(error).toMatchObject({ retryable: false, cause: { code: "28P01" } });
    // The password is changed on the server: nothing has to be restarted.
    await query(server.url, "alter role careful password 'wrong-password'");
    await storage.storeGType(gtype("a"));
    expect(await storage.getGType("a")).toEqual(gtype("a"));
  });

  test("too many clients: typed; works as soon as one leaves", async () => {
    const schema = freshSchema(server.url);
    await query(server.url, "create role many login");
    await query(server.url, `create schema "${schema}" authorization many`);
    const connectionString = withUrl(server.url, (url) => {
      url.username = "many";
    });
    await query(server.url, "alter role many connection limit 1");
    const first = openPostgres({ connectionString, schema, poolSize: 1, connectTimeout });
    await first.init();
    const second = openPostgres({ connectionString, schema, poolSize: 1, connectTimeout });
    const error = await expectRefusal(() => second.exports.storeGType(gtype("a")), "UNAVAILABLE");
    expect(error).toMatchObject({ retryable: true, outcome: "not-written", cause: { code: "53300" } });
    await first.shutdown();
    await second.exports.storeGType(gtype("a"));
    expect(second.exports.getStats().gtypeCount).toBe(1);
  });
});
