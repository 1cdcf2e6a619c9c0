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
  content?: string;
  extra?: unknown;
}

export interface Ticket {
  area: string;
  number: number;
  priority?: number;
  open: boolean;
  extra?: unknown;
}

export interface Label {
  name: string;
  extra?: unknown;
}

/** A removed entity, a field renamed once more, a boolean key part, a changed order over the same columns, another table name. */
export default defineSchema({
  name: "shop",
  version: 4,
  contract: "Store",
  stats: "StoreStats",
  module: "store",
  removedEntities: ["draft"],
  entities: {
    task: entity<Task>({
      key: ["queue", "id"],
      order: [asc("createdAt"), desc("priority")],
      count: "tasks",
      methods: {
        storeTask: store(),
        getTask: get({ queue: "queue", id: optional("id") }, { pick: "last" }),
        tasksOfQueue: list({ queue: "queue" }),
      },
    }),
    note: entity<Note>({
      renamedFields: { content: "body" },
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
      key: ["number", "open"],
      order: [desc("priority")],
      count: "tickets",
      methods: {
        storeTicket: store(),
        getTicket: get({ number: "number", open: "open" }),
        listTickets: list(),
      },
    }),
    label: entity<Label>({
      table: "tag",
      key: ["name"],
      count: "labels",
      methods: { storeLabel: store(), getLabel: get({ name: "name" }) },
    }),
  },
});
