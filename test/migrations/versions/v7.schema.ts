import {
  asc,
  count,
  defineSchema,
  desc,
  entity,
  from,
  get,
  list,
  optional,
  remove,
  store,
  to,
} from "@gati-framework/storage-codegen";

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

export interface Mark {
  title: string;
  hue?: string;
  extra?: unknown;
}

export interface Happening {
  moment: number;
  urgent: boolean;
}

/**
 * Takes back much of version 6: tasks stay for good again, unique indexes go or change, a key is what it was in version 1. Tickets
 * and marks may go one by one now; notes as before, in a table that is built anew, and events, in one that is not.
 */
export default defineSchema({
  name: "shop",
  version: 7,
  contract: "Store",
  stats: "StoreStats",
  module: "store",
  entities: {
    task: entity<Task>({
      key: ["queue", "id"],
      order: [desc("priority"), asc("createdAt")],
      count: "tasks",
      methods: {
        storeTask: store(),
        getTask: get({ queue: "queue", id: optional("id") }, { pick: "last" }),
        tasksOfQueue: list({ queue: "queue" }),
        listTasks: list(),
        findTasks: list(
          { queue: optional("queue"), since: from("priority"), until: to("priority") },
          { pages: true },
        ),
        countTasks: count({ queue: "queue", atLeast: from("priority") }),
      },
    }),
    note: entity<Note>({
      key: ["id"],
      unique: [["writer", "content"]],
      count: "notes",
      methods: {
        storeNote: store(),
        getNote: get({ id: "id" }),
        noteWith: get({ writer: "writer", content: "content" }),
        listNotes: list(),
        pageNotes: list({}, { pages: true }),
        removeNote: remove({ id: "id" }),
        latestNotes: list({}, { direction: "desc", limit: true }),
        notesOf: list({ writer: "writer" }),
      },
    }),
    ticket: entity<Ticket>({
      key: ["area", "number"],
      order: [desc("priority")],
      count: "tickets",
      methods: {
        storeTicket: store(),
        ticketOf: get({ area: "area", number: "number" }),
        listTickets: list(),
        removeTickets: remove({ area: "area" }),
      },
    }),
    event: entity<Happening>({
      table: "draft",
      key: ["moment", "urgent"],
      order: [asc("moment")],
      count: "events",
      methods: {
        storeEvent: store(),
        getEvent: get({ moment: "moment", urgent: "urgent" }),
        eventsOf: list(
          { urgent: optional("urgent"), since: from("moment"), until: to("moment") },
          { limit: true },
        ),
        removeEvent: remove({ moment: "moment", urgent: "urgent" }),
        removeEvents: remove({ moment: "moment" }),
      },
    }),
    mark: entity<Mark>({
      key: ["title"],
      count: "marks",
      methods: {
        storeMark: store(),
        getMark: get({ title: "title" }),
        listMarks: list({}, { pages: true }),
        removeMark: remove({ title: "title" }),
      },
    }),
  },
});
