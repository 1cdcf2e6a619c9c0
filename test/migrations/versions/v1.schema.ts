import { asc, defineSchema, desc, entity, get, list, store } from "@gati-framework/storage-codegen";

export interface Job {
  id: string;
  queue: string;
  owner?: string;
  createdAt: number;
  priority?: number;
  payload?: unknown;
}

export interface Note {
  id: string;
  author?: string;
  text?: string;
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

export default defineSchema({
  name: "shop",
  version: 1,
  contract: "Store",
  stats: "StoreStats",
  module: "store",
  entities: {
    job: entity<Job>({
      key: ["id"],
      order: [asc("createdAt")],
      count: "jobs",
      methods: { storeJob: store(), getJob: get({ id: "id" }), jobsOfQueue: list({ queue: "queue" }) },
    }),
    note: entity<Note>({
      key: ["id"],
      count: "notes",
      methods: { storeNote: store(), getNote: get({ id: "id" }), listNotes: list() },
    }),
    ticket: entity<Ticket>({
      key: ["area", "number"],
      order: [desc("priority")],
      count: "tickets",
      methods: {
        storeTicket: store(),
        getTicket: get({ area: "area", number: "number" }),
        listTickets: list(),
      },
    }),
    draft: entity<Draft>({
      key: ["id"],
      count: "drafts",
      methods: { storeDraft: store(), getDraft: get({ id: "id" }), listDrafts: list() },
    }),
  },
});
