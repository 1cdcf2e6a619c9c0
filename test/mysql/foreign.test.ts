import path from "node:path";

import type { BackendInitializer } from "@gati-framework/storage-kit/testing";
import { afterAll, describe, expect, it } from "vitest";

import { mysqlOf } from "../backends/mysql.js";
import { type Generated, generateFor } from "./foreign/generated.js";
import { createDatabase, query } from "./server/server.js";
import { mysqlServers } from "./support.js";

interface Module {
  readonly exports: Record<string, (...args: unknown[]) => Promise<unknown>>;
  shutdown(): Promise<void>;
}

type Register = (runner: object, initializer: BackendInitializer<Module>) => void;

const HERE = import.meta.dirname;
const SPECS = [{ name: "wide", pascal: "Wide", file: path.join(HERE, "foreign/wide.schema.ts") }];

const [found] = await mysqlServers();
const generated: Generated[] = [];
afterAll(() => generated.forEach((one) => one.remove()));

/** A key part as long as one can be, told from others by its end alone. */
const long = (end: string): string => "ä".repeat(255) + end;

if (found !== undefined) {
  for (const { name, pascal, file } of SPECS) {
    const project = generateFor(file, "mysql");
    generated.push(project);
    const [{ registerConformance }, mysql] = await Promise.all([
      project.load(`${name}-testing`) as Promise<{ registerConformance: Register }>,
      project.load(`${name}-mysql`),
    ]);
    const factory = mysql[`createMysql${pascal}`] as (options: object) => Module;
    describe(`the spec ${name}, which is not Gati's, on MySQL or MariaDB`, () => {
      registerConformance({ describe, it }, mysqlOf(factory)[0]);
    });

    if (name !== "wide") continue;
    it("keys of nine parts and of three, each as long as can be, are told apart by their last byte", async () => {
      const database = await createDatabase(found.server);
      const module = factory({ connectionString: database.url });
      try {
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
        const [rows] = await query(database.url, "select count(*) as n from wide_leaf");
        expect(rows).toEqual({ n: 2 });
      } finally {
        await module.shutdown();
        await database.drop();
      }
    });
  }
} else {
  it.skip("no MySQL or MariaDB server answers here");
}
