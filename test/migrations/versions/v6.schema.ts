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
 * Tables whose rows may go one by one, one of them otherwise as it was; unique indexes; a key of three parts; an entity that is
 * renamed with a field of its key and another one, in another table, with a new index on that one.
 */
export default defineSchema({
  name: "shop",
  version: 6,
  contract: "Store",
  stats: "StoreStats",
  module: "store",
  entities: {
    task: entity<Task>({
      key: ["queue", "id"],
      order: [asc("createdAt"), desc("priority")],
      count: "tasks",
      methods: {
        storeTask: store(),
        getTask: get({ queue: "queue", id: optional("id") }, { pick: "last" }),
        tasksOfQueue: list({ queue: "queue" }),
        listTasks: list(),
        findTasksOf: list(
          { queue: "queue", owner: optional("owner"), since: from("createdAt") },
          { pages: true },
        ),
        countTasksUntil: count({ queue: "queue", until: to("createdAt") }),
        removeTask: remove({ queue: "queue", id: "id" }),
      },
    }),
    note: entity<Note>({
      key: ["id"],
      unique: [["content"], ["writer", "id"]],
      count: "notes",
      methods: {
        storeNote: store(),
        getNote: get({ id: "id" }),
        noteByContent: get({ content: "content" }),
        listNotes: list(),
        pageNotes: list({}, { pages: true }),
        removeNote: remove({ id: "id" }),
        notesOf: list({ writer: "writer" }),
      },
    }),
    ticket: entity<Ticket>({
      key: ["area", "number", "open"],
      order: [desc("priority")],
      unique: [["area", "number"]],
      count: "tickets",
      methods: {
        storeTicket: store(),
        ticketAt: get({ area: "area", number: "number", open: "open" }),
        ticketOf: get({ area: "area", number: "number" }),
        listTickets: list(),
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
      renamedFrom: "label",
      renamedFields: { title: "name", hue: "color" },
      key: ["title"],
      count: "marks",
      methods: {
        storeMark: store(),
        getMark: get({ title: "title" }),
        marksOf: list({ hue: "hue" }),
      },
    }),
  },
});
