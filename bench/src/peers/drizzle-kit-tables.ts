import { index, integer, real, sqliteTable, text, unique } from "drizzle-orm/sqlite-core";

/** The tables of Gati's six kinds, as `storage-better-sqlite3` creates them, for `drizzle-kit generate`. */
export const manifest = sqliteTable(
  "gati_manifest",
  {
    seq: integer("seq").primaryKey(),
    handlerId: text("handler_id").notNull(),
    version: text("version").notNull(),
    createdAt: real("created_at"),
    data: text("data").notNull(),
  },
  (table) => [
    unique("gati_manifest_key").on(table.handlerId, table.version),
    index("gati_manifest_by_handler_id").on(table.handlerId, table.createdAt),
  ],
);

export const hookManifest = sqliteTable("gati_hook_manifest", {
  seq: integer("seq").primaryKey(),
  handlerId: text("handler_id").notNull().unique("gati_hook_manifest_key"),
  data: text("data").notNull(),
});

export const gtype = sqliteTable("gati_gtype", {
  seq: integer("seq").primaryKey(),
  ref: text("ref").notNull().unique("gati_gtype_key"),
  data: text("data").notNull(),
});

export const transformer = sqliteTable(
  "gati_transformer",
  {
    seq: integer("seq").primaryKey(),
    id: text("id").notNull().unique("gati_transformer_key"),
    handlerId: text("handler_id"),
    fromVersion: text("from_version"),
    toVersion: text("to_version"),
    data: text("data").notNull(),
  },
  (table) => [index("gati_transformer_by_versions").on(table.handlerId, table.fromVersion, table.toVersion)],
);

export const versionGraph = sqliteTable("gati_version_graph", {
  seq: integer("seq").primaryKey(),
  handlerId: text("handler_id").notNull().unique("gati_version_graph_key"),
  data: text("data").notNull(),
});

export const timescapeMetadata = sqliteTable(
  "gati_timescape_metadata",
  {
    seq: integer("seq").primaryKey(),
    handlerId: text("handler_id").notNull(),
    version: text("version").notNull(),
    data: text("data").notNull(),
  },
  (table) => [unique("gati_timescape_metadata_key").on(table.handlerId, table.version)],
);
