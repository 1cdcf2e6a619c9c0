import { describe, expect, onTestFinished, test } from "vitest";

import { type Proxy, startProxy } from "../proxy.js";
import { query, testServers } from "../server/servers.js";
import {
  expectRefusal,
  freshSchema,
  gtype,
  openPostgres,
  settles,
  untilAnswered,
  withUrl,
} from "../support.js";
import { report } from "../../faults/report.js";

const servers = await testServers();

async function proxied(url: string): Promise<{ proxy: Proxy; connectionString: string }> {
  const proxy = await startProxy(url);
  onTestFinished(() => proxy.close());
  return {
    proxy,
    connectionString: withUrl(url, (target) => {
      target.port = String(proxy.port);
    }),
  };
}

describe.each(servers)("F13, a lost reply, on $name", ({ name, url }) => {
  async function counting(schema: string): Promise<() => Promise<number>> {
    await query(
      url,
      `create table "${schema}".executions (ref text);
       create function "${schema}".note() returns trigger language plpgsql as
         $$ begin insert into "${schema}".executions values (new.ref); return new; end $$;
       create trigger note before insert on "${schema}".gati_gtype for each row execute function "${schema}".note()`,
    );
    return async () =>
      Number((await query(url, `select count(*) as n from "${schema}".executions`))[0]?.["n"]);
  }

  test("20 writes: the outcome is unknown, each ran once, none is repeated", async () => {
    const schema = freshSchema(url);
    const { proxy, connectionString } = await proxied(url);
    const { exports: storage } = openPostgres({ connectionString, schema, poolSize: 1 });
    await storage.storeGType(gtype("warm"));
    const executions = await counting(schema);
    for (let round = 0; round < 20; round++) {
      await storage.getGType("warm");
      proxy.loseReplies(1);
      const error = await expectRefusal(() => storage.storeGType(gtype(`lost.${round}`)), "UNAVAILABLE");
      expect(error).toMatchObject({ outcome: "unknown", retryable: true });
    }
    expect(await executions()).toBe(20);
    for (let round = 0; round < 20; round++) {
      expect(await storage.getGType(`lost.${round}`)).toEqual(gtype(`lost.${round}`));
    }
    report(`F13 lost replies, ${name}`, {
      injected: 20,
      acknowledged: 0,
      executed: await executions(),
      lost: 0,
    });
  });

  test("a batch: the outcome is unknown for each of its writes", async () => {
    const { proxy, connectionString } = await proxied(url);
    const { exports: storage } = openPostgres({ connectionString, schema: freshSchema(url), poolSize: 1 });
    await storage.storeGType(gtype("warm"));
    proxy.loseReplies(1);
    const settled = await Promise.allSettled(["a", "b", "c"].map((ref) => storage.storeGType(gtype(ref))));
    for (const one of settled)
      expect(one).toMatchObject({ reason: { code: "UNAVAILABLE", outcome: "unknown" } });
  });

  test("a read is asked again, once", async () => {
    const { proxy, connectionString } = await proxied(url);
    const { exports: storage } = openPostgres({ connectionString, schema: freshSchema(url), poolSize: 1 });
    await storage.storeGType(gtype("one"));
    proxy.loseReplies(1);
    expect(await storage.getGType("one")).toEqual(gtype("one"));
    proxy.loseReplies(2);
    const error = await expectRefusal(() => storage.getGType("one"), "UNAVAILABLE");
    expect(error.outcome).toBe("not-written");
    proxy.loseReplies(0);
    expect(await storage.getGType("one")).toEqual(gtype("one"));
  });
});

describe.each(servers)("F16, a bad network, on $name", ({ name, url }) => {
  const timeout = 600;
  const connectTimeout = 400;

  test("a silent server: every call and shutdown() end by their deadlines; afterwards it works again", async () => {
    const schema = freshSchema(url);
    const { proxy, connectionString } = await proxied(url);
    const module = openPostgres({ connectionString, schema, timeout, connectTimeout, poolSize: 2 });
    const { exports: storage } = module;
    await untilAnswered(() => storage.storeGType(gtype("before")));
    proxy.mode = "silence";
    const calls = [
      () => storage.storeGType(gtype("a")),
      () => storage.getGType("before"),
      () => storage.clear(),
      () => storage.listHookManifests(),
      () => module.refreshStats(),
      () => module.flush(),
      () => storage.storeGType(gtype("b")),
    ];
    const settled = await Promise.all(calls.map((call) => settles<unknown>(call)));
    for (const one of settled) expect(one).toMatchObject({ status: "rejected", reason: { code: "TIMEOUT" } });
    expect(settled[0]).toMatchObject({ reason: { outcome: "unknown" } });
    expect(settled[6]).toMatchObject({ reason: { outcome: "not-written" } });
    expect(await settles(() => module.healthCheck())).toMatchObject({ value: false });

    proxy.mode = "forward";
    expect(await untilAnswered(() => storage.getGType("before"))).toEqual(gtype("before"));
    proxy.mode = "silence";
    const last = storage.storeGType(gtype("last"));
    const [shutdown] = await Promise.all([
      settles(() => module.shutdown()),
      expectRefusal(() => last, "TIMEOUT"),
    ]);
    expect(shutdown.status).toBe("fulfilled");
    report(`F16 silence, ${name}`, {
      injected: 2,
      acknowledged: 1,
      lost: 0,
      "settled in time": settled.length + 2,
    });
  });

  test("silent when opening: typed, in time; the next call opens it", async () => {
    const { proxy, connectionString } = await proxied(url);
    const { exports: storage } = openPostgres({
      connectionString,
      schema: freshSchema(url),
      timeout,
      connectTimeout,
    });
    proxy.mode = "silence";
    const settled = await settles(() => storage.getGType("a"));
    expect(settled).toMatchObject({
      status: "rejected",
      reason: { code: "TIMEOUT", outcome: "not-written" },
    });
    proxy.mode = "forward";
    expect(await untilAnswered(() => storage.getGType("a"))).toBeUndefined();
  });

  test("a reset: typed, and the next call works", async () => {
    const { proxy, connectionString } = await proxied(url);
    const { exports: storage } = openPostgres({ connectionString, schema: freshSchema(url) });
    await storage.storeGType(gtype("before"));
    for (let round = 0; round < 10; round++) {
      proxy.mode = "reset";
      await expectRefusal(() => storage.storeGType(gtype("a")), "UNAVAILABLE");
      await expectRefusal(() => storage.getGType("a"), "UNAVAILABLE");
      proxy.mode = "forward";
      expect(await storage.getGType("before")).toEqual(gtype("before"));
    }
  });

  test("50 ms more each way, and one byte a packet: the same answers", async () => {
    const { proxy, connectionString } = await proxied(url);
    const { exports: storage } = openPostgres({ connectionString, schema: freshSchema(url) });
    for (const mode of ["delay", "trickle"] as const) {
      proxy.mode = mode;
      await Promise.all([1, 2, 3].map((n) => storage.storeGType(gtype(`${mode}.${n}`))));
      expect(await storage.getGType(`${mode}.3`)).toEqual(gtype(`${mode}.3`));
    }
    expect(storage.getStats().gtypeCount).toBe(6);
  });

  test("one round trip an operation", async () => {
    const { proxy, connectionString } = await proxied(url);
    const { exports: storage } = openPostgres({ connectionString, schema: freshSchema(url), poolSize: 1 });
    await storage.storeGType(gtype("warm"));
    const trips = async (call: () => Promise<unknown>): Promise<number> => {
      const before = proxy.roundTrips;
      await call();
      return proxy.roundTrips - before;
    };
    expect({
      store: await trips(() => storage.storeGType(gtype("a"))),
      get: await trips(() => storage.getGType("a")),
      miss: await trips(() => storage.getVersionGraph("none")),
      last: await trips(() => storage.getManifest("none")),
      list: await trips(() => storage.listHookManifests()),
      batchOfOneKind: await trips(() => Promise.all(["b", "c"].map((ref) => storage.storeGType(gtype(ref))))),
    }).toEqual({ store: 1, get: 1, miss: 1, last: 1, list: 1, batchOfOneKind: 1 });
  });
});
