import { encodeDocument } from "@gati-framework/storage-kit";
import { expect } from "vitest";

export type Doc = Record<string, unknown>;

/** Everything that a shop holds, each kind in the order of first storing. */
export interface Shop {
  readonly task: readonly Doc[];
  readonly note: readonly Doc[];
  readonly ticket: readonly Doc[];
  readonly draft: readonly Doc[];
  /** Marks, from version 6 on. */
  readonly label: readonly Doc[];
  readonly event: readonly Doc[];
}

/** A storage of any version: its methods by name. */
// oxlint-disable-next-line typescript/no-explicit-any -- seven versions, each with other methods
export type AnyStore = Record<string, (...args: any[]) => any>;

/** A module of any version. */
export interface AnyModule {
  readonly exports: AnyStore;
  init(): Promise<void>;
  shutdown(): Promise<void>;
}

/** What a document may hold beside JSON. */
const ODDITIES: readonly unknown[] = [
  "plain",
  { nested: [1, "two", null] },
  undefined,
  [undefined, Number.NaN, -0],
  new Date(86_400_000),
  new Map<unknown, unknown>([["key", 1n]]),
  new Uint8Array([1, 2, 255]),
  JSON.parse('{"__proto__": 1, "$date": "no date", "é": "\\u0000\\ud800"}'),
];

const oddity = (index: number): unknown => ODDITIES[index % ODDITIES.length];

/** What a shop of a version holds after `count` documents of each kind were stored. */
export function shopOf(version: number, count: number): Shop {
  const indexes = Array.from({ length: count }, (_, index) => index);
  const shop: Shop = {
    task: indexes.map((index) => ({
      id: `job ${index}`,
      ...(index % 6 === 0 ? {} : { owner: `owner ${index % 5}` }),
      queue: `queue ${index % 7}`,
      createdAt: (index * 7919) % 97,
      ...(index % 4 === 0 ? {} : { priority: index % 5 }),
      payload: oddity(index),
    })),
    note: indexes.map((index) => ({
      text: `text ${index}`,
      id: `note ${index}`,
      ...(index % 5 === 0 ? {} : { author: `author ${index % 11}` }),
      extra: oddity(index),
    })),
    // Two areas have a ticket of each number.
    ticket: indexes.map((index) => ({
      area: `area ${index % 2}`,
      number: Math.floor(index / 2),
      open: index % 3 === 0,
      ...(index % 4 === 0 ? {} : { priority: index % 9 }),
      extra: oddity(index),
    })),
    draft: indexes.map((index) => ({ id: `draft ${index}`, extra: oddity(index) })),
    label: indexes.map((index) => ({
      name: `label ${index}`,
      ...(index % 3 === 0 ? {} : { color: `color ${index % 4}` }),
      extra: oddity(index),
    })),
    // Two at each moment, and moments that are no whole numbers.
    event: indexes.map((index) => ({
      moment: (Math.floor(index / 2) * 7919) / 8 - 1_000,
      urgent: index % 2 === 0,
      extra: oddity(index),
    })),
  };
  return {
    ...upgraded(shop, 1, version),
    label: version === 1 ? [] : shop.label.map((label) => renamed(label, version >= 6 ? MARK : {})),
    event: version >= 5 ? shop.event : [],
  };
}

/** The fields of labels that marks call otherwise. */
const MARK = { name: "title", color: "hue" };

/** What becomes of a shop when a database of one version is upgraded to another. */
export function upgraded(shop: Shop, from: number, to: number): Shop {
  const passes = (version: number): boolean => from < version && to >= version;
  const names: Record<string, string> = {
    ...(passes(2) ? { author: "writer", text: passes(4) ? "content" : "body" } : {}),
    ...(from >= 2 && passes(4) ? { body: "content" } : {}),
  };
  const ticketKey = to >= 6 ? ["area", "number"] : to >= 4 ? ["number", "open"] : ["number"];
  return {
    task: shop.task,
    note: shop.note.map((note) => renamed(note, names)),
    ticket: passes(3) ? lastOfEach(shop.ticket, ticketKey) : shop.ticket,
    draft: to >= 4 ? [] : shop.draft,
    label: from === 1 ? [] : shop.label.map((label) => renamed(label, passes(6) ? MARK : {})),
    event: shop.event,
  };
}

function renamed(document: Doc, names: Record<string, string>): Doc {
  return Object.fromEntries(Object.entries(document).map(([name, value]) => [names[name] ?? name, value]));
}

/** Of documents that share a key the last, in the place of the first. */
function lastOfEach(documents: readonly Doc[], key: readonly string[]): Doc[] {
  const kept = new Map<string, Doc>();
  for (const document of documents) kept.set(JSON.stringify(key.map((field) => document[field])), document);
  return [...kept.values()];
}

/** The method that stores each kind in a version. */
function storeMethods(version: number): Partial<Record<keyof Shop, string>> {
  return {
    task: version >= 3 ? "storeTask" : "storeJob",
    note: "storeNote",
    ticket: "storeTicket",
    ...(version < 4 ? { draft: "storeDraft" } : {}),
    ...(version >= 6 ? { label: "storeMark" } : version >= 2 ? { label: "storeLabel" } : {}),
    ...(version >= 5 ? { event: "storeEvent" } : {}),
  };
}

/** Fills a storage of a version; every tenth document is overwritten later, which must not move it. */
export async function fill(store: AnyStore, version: number, shop: Shop): Promise<void> {
  for (const [kind, method] of Object.entries(storeMethods(version))) {
    const put = (document: Doc): Promise<void> => (store[method] as AnyStore[string])(document);
    const documents = shop[kind as keyof Shop];
    const overwritten = documents.filter((_, index) => index % 10 === 0);
    await Promise.all(
      documents.map((document, index) =>
        put(index % 10 === 0 ? { ...document, extra: "to be overwritten", payload: "too" } : document),
      ),
    );
    await Promise.all(overwritten.map(put));
  }
}

/** What pruning takes: every seventh document, and the last two. */
const isGone = (_: Doc, index: number, all: readonly Doc[]): boolean =>
  index % 7 === 3 || index >= all.length - 2;

/** Removes tasks and events from a storage of version 6, the last of each among them. What is left in the shop. */
export async function prune(store: AnyStore, shop: Shop): Promise<Shop> {
  for (const { queue, id } of shop.task.filter(isGone)) {
    // oxlint-disable-next-line no-await-in-loop -- some by themselves
    expect(await store["removeTask"]?.(queue, id)).toBe(1);
  }
  const counts = shop.event
    .filter(isGone)
    .map(({ moment, urgent }): Promise<number> => store["removeEvent"]?.(moment, urgent));
  expect(new Set(await Promise.all(counts))).toEqual(new Set([1]));
  const stays = (...args: Parameters<typeof isGone>): boolean => !isGone(...args);
  return { ...shop, task: shop.task.filter(stays), event: shop.event.filter(stays) };
}

/** Arguments of each read that takes some; every version has some of them. */
function questions(shop: Shop): Record<string, readonly (readonly unknown[])[]> {
  const queues = Array.from({ length: 7 }, (_, index) => [`queue ${index}`]);
  const hues = Array.from({ length: 5 }, (_, index) => [`color ${index}`]);
  return {
    listTasks: [[]],
    tasksOfQueue: queues,
    getTask: [...queues, ...shop.task.map(({ queue, id }) => [queue, id])],
    findTasksOf: [...queues, ["queue 2", { owner: "owner 3" }], ["queue 4", { since: 40 }]],
    countTasksUntil: [...queues, ["queue 1", { until: 40 }]],
    findTasks: [[], [{ queue: "queue 3" }], [{ queue: "queue 1", until: 2 }], [{ since: 1, until: 3 }]],
    countTasks: [...queues, ["queue 1", { atLeast: 3 }]],
    listNotes: [[]],
    pageNotes: [[]],
    latestNotes: [[], [{ limit: 9 }]],
    notesOf: Array.from({ length: 11 }, (_, index) => [`author ${index}`]),
    noteWith: shop.note.flatMap(({ writer, content }) => (writer === undefined ? [] : [[writer, content]])),
    noteByContent: shop.note.map(({ content }) => [content]),
    getNote: shop.note.map(({ id }) => [id]),
    listTickets: [[]],
    getTicket: shop.ticket.map(({ number, open }) => [number, open]),
    ticketAt: shop.ticket.map(({ area, number, open }) => [area, number, open]),
    ticketOf: shop.ticket.map(({ area, number }) => [area, number]),
    getLabel: shop.label.map(({ name }) => [name]),
    getMark: shop.label.map(({ title }) => [title]),
    marksOf: hues,
    listMarks: [[]],
    getEvent: [[1, true], ...shop.event.map(({ moment, urgent }) => [moment, urgent])],
    eventsOf: [[], [{ urgent: true, limit: 20 }], [{ since: 0, until: 50_000.5 }]],
  };
}

/** What every read of a version answers, as text, so that the order of properties counts too. */
export async function answers(store: AnyStore, shop: Shop): Promise<Record<string, readonly string[]>> {
  const found: Record<string, readonly string[]> = {
    stats: [JSON.stringify(await store["getStats"]?.())],
  };
  for (const [method, calls] of Object.entries(questions(shop))) {
    const read = store[method];
    if (read === undefined) continue;
    // oxlint-disable-next-line no-await-in-loop -- a thousand calls at a time are enough
    found[method] = (await Promise.all(calls.map((args) => ask(read, args)))).flat();
  }
  return found;
}

async function ask(read: AnyStore[string], args: readonly unknown[]): Promise<string[]> {
  const answer: unknown = await read(...args);
  if (Array.isArray(answer)) return answer.map((document: object) => encodeDocument(document));
  if (typeof answer !== "object" || answer === null) return [answer === undefined ? "none" : String(answer)];
  return isPage(answer) ? followed(read, args, answer) : [encodeDocument(answer)];
}

interface Page {
  readonly items: readonly object[];
  readonly next: string | undefined;
}

function isPage(answer: object): answer is Page {
  return "items" in answer && "next" in answer;
}

/** The items of a page, and of all that come after it. */
async function followed(read: AnyStore[string], args: readonly unknown[], first: Page): Promise<string[]> {
  const items = first.items.map((document) => encodeDocument(document));
  const last = args.at(-1);
  const [before, options] = typeof last === "object" ? [args.slice(0, -1), last as object] : [args, {}];
  for (let { next } = first; next !== undefined;) {
    // oxlint-disable-next-line no-await-in-loop -- one page after the other
    const page = (await read(...before, { ...options, after: next, limit: 37 })) as Page;
    items.push(...page.items.map((document) => encodeDocument(document)));
    ({ next } = page);
  }
  return items;
}
