import type { HandlerManifest } from "@gati-framework/storage";
import { and, asc, desc, eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { integer, real, sqliteTable, text, unique } from "drizzle-orm/sqlite-core";
import { openPeerFile, type SqliteStore, type Synchronous } from "./sqlite-file.js";

const manifests = sqliteTable(
  "manifests",
  {
    seq: integer("seq").primaryKey(),
    handlerId: text("handler_id").notNull(),
    version: text("version").notNull(),
    createdAt: real("created_at"),
    data: text("data", { mode: "json" }).$type<HandlerManifest>().notNull(),
  },
  (table) => [unique().on(table.handlerId, table.version)],
);

const { handlerId, version, createdAt, data } = manifests;
const KEY = [handlerId, version];
const OVERWRITE = { createdAt: sql`excluded.created_at`, data: sql`excluded.data` };

/** Drizzle as its documentation shows it: each call builds its query. */
export function drizzlePerCall(
  file: string,
  synchronous: Synchronous,
  rows: readonly HandlerManifest[],
): SqliteStore {
  const database = openPeerFile(file, synchronous, rows);
  const db = drizzle(database);
  return {
    async getManifest(id, wanted) {
      const query = db.select({ data }).from(manifests);
      const row =
        wanted === undefined
          ? query.where(eq(handlerId, id)).orderBy(desc(createdAt)).limit(1).get()
          : query.where(and(eq(handlerId, id), eq(version, wanted))).get();
      return row?.data;
    },
    async getAllManifestVersions(id) {
      const query = db.select({ data }).from(manifests).where(eq(handlerId, id)).orderBy(asc(createdAt));
      return query.all().map((row) => row.data);
    },
    async storeManifest(document) {
      db.insert(manifests)
        .values({ ...document, data: document })
        .onConflictDoUpdate({ target: KEY, set: OVERWRITE })
        .run();
    },
    close: () => void database.close(),
  };
}

/** Drizzle with queries prepared once. */
export function drizzlePrepared(
  file: string,
  synchronous: Synchronous,
  rows: readonly HandlerManifest[],
): SqliteStore {
  const database = openPeerFile(file, synchronous, rows);
  const db = drizzle(database);
  const ofHandler = eq(handlerId, sql.placeholder("id"));
  const select = () => db.select({ data }).from(manifests);
  const get = select()
    .where(and(ofHandler, eq(version, sql.placeholder("version"))))
    .prepare();
  const latest = select().where(ofHandler).orderBy(desc(createdAt)).limit(1).prepare();
  const list = select().where(ofHandler).orderBy(asc(createdAt)).prepare();
  const put = db
    .insert(manifests)
    .values({
      handlerId: sql.placeholder("handlerId"),
      version: sql.placeholder("version"),
      createdAt: sql.placeholder("createdAt"),
      data: sql.placeholder("data"),
    })
    .onConflictDoUpdate({ target: KEY, set: OVERWRITE })
    .prepare();
  return {
    async getManifest(id, wanted) {
      return (wanted === undefined ? latest.get({ id }) : get.get({ id, version: wanted }))?.data;
    },
    async getAllManifestVersions(id) {
      return list.all({ id }).map((row) => row.data);
    },
    async storeManifest(document) {
      put.run({
        handlerId: document.handlerId,
        version: document.version,
        createdAt: document.createdAt,
        data: document,
      });
    },
    close: () => void database.close(),
  };
}
