/** Where the starter's spec goes: under `src`, so that a project whose `rootDir` is that can import its types. */
export const STARTER_SCHEMA = "src/app.schema.ts";

/** Where the starter generates into. */
export const STARTER_OUT = "src/storage";

/** A spec to begin with. */
export const STARTER_SPEC = `import { asc, defineSchema, entity, get, list, store } from "@gati-framework/storage-codegen";

/** A note in a notebook. */
export interface Note {
  notebook: string;
  title: string;
  /** Milliseconds since 1970. */
  writtenAt: number;
  text?: string;
}

/** What this project stores. */
export default defineSchema({
  name: "app",
  contract: "Store",
  stats: "StoreStats",
  module: "store",
  entities: {
    /** Notes, by notebook and title. */
    note: entity<Note>({
      key: ["notebook", "title"],
      order: [asc("writtenAt")],
      count: "noteCount",
      methods: {
        /** Stores a note, in the place of an earlier one of its notebook and title. */
        storeNote: store(),
        /** Reads a note. */
        getNote: get({ notebook: "notebook", title: "title" }),
        /** Reads the notes of a notebook, the oldest first. */
        listNotes: list({ notebook: "notebook" }),
      },
    }),
  },
});
`;

/** A config to begin with. */
export function starterConfig(backends: readonly string[]): string {
  return `import { defineConfig } from "@gati-framework/storage-codegen";

export default defineConfig({
  schema: ${JSON.stringify(STARTER_SCHEMA)},
  out: ${JSON.stringify(STARTER_OUT)},
  // Beside the in-memory one: "better-sqlite3", "sqljs", "postgres", … or "all".
  backends: [${backends.map((backend) => JSON.stringify(backend)).join(", ")}],
});
`;
}
