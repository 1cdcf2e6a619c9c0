import { asc, defineSchema, desc, entity, get, list, optional, store } from "@gati-framework/storage-codegen";

export interface Task {
  id: string;
  queue: string;
  owner?: string;
  createdAt: number;
  priority?: number;
  payload?: unknown;
}

export interface Note {
  id: string;
  writer?: string;
  body?: string;
  extra?: unknown;
}

export interface Ticket {
  area: string;
  number: number;
  priority?: number;
  open: boolean;
  extra?: unknown;
}

export interface Draft {
  id: string;
  extra?: unknown;
}

export interface Label {
  name: string;
  extra?: unknown;
}

/** A renamed entity with a new key part, a removed index, a key with one part less. */
export default defineSchema({
  name: "shop",
  version: 3,
  contract: "Store",
  stats: "StoreStats",
  module: "store",
  entities: {
    task: entity<Task>({
      renamedFrom: "job",
      key: ["queue", "id"],
      order: [desc("priority"), asc("createdAt")],
      count: "tasks",
      methods: {
        storeTask: store(),
        getTask: get({ queue: "queue", id: optional("id") }, { pick: "last" }),
        tasksOfQueue: list({ queue: "queue" }),
      },
    }),
    // The renamed fields of version 2 are history, and may stay.
    note: entity<Note>({
      renamedFields: { writer: "author", body: "text" },
      key: ["id"],
      count: "notes",
      methods: {
        storeNote: store(),
        getNote: get({ id: "id" }),
        listNotes: list(),
        notesOf: list({ writer: "writer" }),
      },
    }),
    ticket: entity<Ticket>({
      onDuplicateKey: "keep-last",
      key: ["number"],
      order: [desc("priority")],
      count: "tickets",
      methods: { storeTicket: store(), getTicket: get({ number: "number" }), listTickets: list() },
    }),
    draft: entity<Draft>({
      key: ["id"],
      count: "drafts",
      methods: { storeDraft: store(), getDraft: get({ id: "id" }), listDrafts: list() },
    }),
    label: entity<Label>({
      key: ["name"],
      count: "labels",
      methods: { storeLabel: store(), getLabel: get({ name: "name" }) },
    }),
  },
});
