import path from "node:path";

import type { BackendInitializer } from "@gati-framework/storage-kit/testing";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";

import { mysqlOf } from "../backends/mysql.js";
import { generateFor } from "./foreign/generated.js";
import { query } from "./server/server.js";
import { describeMysql, freshDatabase } from "./support.js";

interface Module {
  readonly exports: Record<string, (...args: unknown[]) => Promise<unknown>>;
  shutdown(): Promise<void>;
}

type Register = (runner: object, initializer: BackendInitializer<Module>) => void;

const wide = generateFor(path.join(import.meta.dirname, "foreign/wide.schema.ts"), "mysql");
afterAll(() => wide.remove());

const [{ registerConformance }, { createMysqlWide: create }] = (await Promise.all([
  wide.load("wide-testing"),
  wide.load("wide-mysql"),
])) as unknown as [{ registerConformance: Register }, { createMysqlWide: (options: object) => Module }];

/** A key part as long as one can be, told from others by its end alone. */
const long = (end: string): string => "ä".repeat(255) + end;

describeMysql("the spec wide, which is not Gati's", (server) => {
  registerConformance({ describe, it }, mysqlOf(create)[0]);

  it("keys of nine parts and of three, each as long as can be, are told apart by their last byte", async () => {
    const { url } = await freshDatabase(server);
    const module = create({ connectionString: url });
    onTestFinished(() => module.shutdown());
    const { putLeaf, getLeaf, leavesOf, putSample, getSample } = module.exports as Record<
      string,
      (...args: unknown[]) => Promise<never>
    >;
    const [a, b] = [long("aa"), long("ab")];
    const leaf = (g: string, title?: string): object => ({
      a,
      b: a,
      c: a,
      d: a,
      e: a,
      f: a,
      g,
      depth: 1,
      open: true,
      ...(title === undefined ? {} : { title }),
    });
    await Promise.all([a, b, a].map((g, n) => putLeaf!(leaf(g, `t${n}`))));
    expect(await getLeaf!(a, a, a, a, a, a, b, 1, true)).toEqual(leaf(b, "t1"));
    expect(await getLeaf!(a, a, a, a, a, a, a, 1, true)).toEqual(leaf(a, "t2"));
    expect(await leavesOf!(a, a, a, a, a, a)).toEqual([leaf(a, "t2"), leaf(b, "t1")]);
    const sample = (channel: string, at: number): object => ({
      site: a,
      device: a,
      channel,
      at,
      valid: true,
    });
    await Promise.all([sample(a, 1), sample(b, 1), sample(a, -1)].map((one) => putSample!(one)));
    expect(await getSample!(a, a, b, 1, true)).toEqual(sample(b, 1));
    expect(await getSample!(a, a, a, -1, true)).toEqual(sample(a, -1));
    const together = await Promise.all([
      ...[a, b, long("ac")].map((g) => getLeaf!(a, a, a, a, a, a, g, 1, true)),
      ...[1, -1, 0].flatMap((at) => [true, false].map((valid) => getSample!(a, a, a, at, valid))),
      ...[a, b, long("ac")].map((channel) => getSample!(a, a, channel, 1)),
    ]);
    const none = undefined;
    expect(together).toEqual([
      leaf(a, "t2"),
      leaf(b, "t1"),
      none,
      sample(a, 1),
      none,
      sample(a, -1),
      none,
      none,
      none,
      sample(a, 1),
      sample(b, 1),
      none,
    ]);
    const [rows] = await query(url, "select count(*) as n from wide_leaf");
    expect(rows).toEqual({ n: 2 });
  });
});
