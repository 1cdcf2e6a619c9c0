/** Checked by the compiler alone: a mistake in a spec is a red squiggle before it is a generator error. */
import type { HandlerManifest } from "@gati-framework/runtime";
import {
  asc,
  count as countOf,
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

interface Job {
  id: string;
  attempt: number;
  urgent: boolean;
  state: "waiting" | "done";
  owner?: string;
  note: string | null;
  labels: string[];
  details: { size: number };
  anything: any; // oxlint-disable-line typescript/no-explicit-any -- documents of Gati have such fields
  unknown: unknown;
}

const count = "jobCount";
const methods = {};

/** Everything that is right compiles. */
export const right = defineSchema({
  name: "jobs",
  contract: "Jobs",
  stats: "JobStats",
  entities: {
    job: entity<Job>({
      key: ["id", "attempt", "urgent", "state"],
      order: [asc("attempt"), desc("owner"), asc("urgent")],
      count,
      methods: {
        storeJob: store({ param: "job" }),
        getJob: get(
          { id: "id", attempt: "attempt", urgent: "urgent", state: optional("state") },
          { pick: "last" },
        ),
        findJob: get({ id: "id", attempt: "attempt", urgent: "urgent", state: "state" }, { miss: null }),
        listJobs: list(),
        listJobsOfOwner: list({ who: "owner", state: "state" }),
        findJobOfOwner: get({ owner: "owner" }),
        browseJobs: list(
          { state: optional("state"), from: from("attempt"), to: to("attempt") },
          { direction: "desc", limit: true, pages: true },
        ),
        countJobs: countOf({ owner: optional("owner"), from: from("attempt") }),
        countAllJobs: countOf(),
        removeJobs: remove({ id: "id", attempt: "attempt" }),
      },
      unique: [["owner"], ["attempt", "owner"]],
    }),
  },
});

export const wrong = [
  // @ts-expect-error -- an unknown field as key
  entity<HandlerManifest>({ key: ["handlerID"], count, methods }),
  // @ts-expect-error -- an unknown field as second part of a key
  entity<HandlerManifest>({ key: ["handlerId", "versions"], count, methods }),
  // @ts-expect-error -- an optional field as key
  entity<Job>({ key: ["owner"], count, methods }),
  // @ts-expect-error -- a field that may be null as key
  entity<Job>({ key: ["note"], count, methods }),
  // @ts-expect-error -- an object as key
  entity<Job>({ key: ["details"], count, methods }),
  // @ts-expect-error -- an array as key
  entity<Job>({ key: ["labels"], count, methods }),
  // @ts-expect-error -- `any` as key
  entity<Job>({ key: ["anything"], count, methods }),
  // @ts-expect-error -- `unknown` as key
  entity<Job>({ key: ["unknown"], count, methods }),
  // @ts-expect-error -- no key
  entity<Job>({ key: [], count, methods }),
  // @ts-expect-error -- the key left out
  entity<Job>({ count, methods }),
  // @ts-expect-error -- the count left out
  entity<Job>({ key: ["id"], methods }),
  // @ts-expect-error -- the methods left out
  entity<Job>({ key: ["id"], count }),
  // @ts-expect-error -- an unknown member
  entity<Job>({ key: ["id"], count, methods, keys: ["id"] }),

  // @ts-expect-error -- an order on an unknown field
  entity<Job>({ key: ["id"], order: [asc("attempts")], count, methods }),
  // @ts-expect-error -- an order on an object
  entity<Job>({ key: ["id"], order: [desc("details")], count, methods }),
  // @ts-expect-error -- an order on an array
  entity<Job>({ key: ["id"], order: [asc("labels")], count, methods }),
  // @ts-expect-error -- an order on `any`
  entity<Job>({ key: ["id"], order: [asc("anything")], count, methods }),
  // @ts-expect-error -- an order without a direction
  entity<Job>({ key: ["id"], order: ["attempt"], count, methods }),

  // @ts-expect-error -- a get by an unknown field
  entity<Job>({ key: ["id"], count, methods: { getJob: get({ id: "ids" }) } }),
  // @ts-expect-error -- a get by an object
  entity<Job>({ key: ["id"], count, methods: { getJob: get({ details: "details" }) } }),
  // @ts-expect-error -- an optional parameter of an unknown field
  entity<Job>({ key: ["id"], count, methods: { getJob: get({ id: optional("ids") }) } }),
  // @ts-expect-error -- a list by an unknown field
  entity<Job>({ key: ["id"], count, methods: { listJobs: list({ owner: "owners" }) } }),
  // @ts-expect-error -- a list by an object
  entity<Job>({ key: ["id"], count, methods: { listJobs: list({ details: "details" }) } }),
  // @ts-expect-error -- a list narrowed by an unknown field
  entity<Job>({ key: ["id"], count, methods: { listJobs: list({ owner: optional("owners") }) } }),
  // @ts-expect-error -- bounds on an array
  entity<Job>({ key: ["id"], count, methods: { listJobs: list({ from: from("labels") }) } }),
  // @ts-expect-error -- a count by an unknown field
  entity<Job>({ key: ["id"], count, methods: { countJobs: countOf({ to: to("attempts") }) } }),
  // @ts-expect-error -- a removal by a field that cannot be a key
  entity<Job>({ key: ["id"], count, methods: { removeJobs: remove({ owner: "owner" }) } }),
  // @ts-expect-error -- a unique index on an unknown field
  entity<Job>({ key: ["id"], unique: [["owners"]], count, methods }),
  // @ts-expect-error -- a unique index on an object
  entity<Job>({ key: ["id"], unique: [["owner", "details"]], count, methods }),
  // @ts-expect-error -- a unique index of no fields
  entity<Job>({ key: ["id"], unique: [[]], count, methods }),
  // @ts-expect-error -- a unique index that is no list
  entity<Job>({ key: ["id"], unique: ["owner"], count, methods }),
  // @ts-expect-error -- a method that is none
  entity<Job>({ key: ["id"], count, methods: { getJob: "get" } }),

  // @ts-expect-error -- a direction that is none
  list({}, { direction: "down" }),
  // @ts-expect-error -- a number for whether there is a limit
  list({}, { limit: 10 }),
  // @ts-expect-error -- a number for whether there are pages
  list({}, { pages: 10 }),
  // @ts-expect-error -- a bound of a get
  get({ id: from("id") }),
  // @ts-expect-error -- a bound of a removal
  remove({ id: to("id") }),
  // @ts-expect-error -- a count that is limited
  countOf({}, { limit: true }),
  // @ts-expect-error -- picking anything but the last
  get({ id: "id" }, { pick: "first" }),
  // @ts-expect-error -- a miss that is neither null nor undefined
  get({ id: "id" }, { miss: false }),
  // @ts-expect-error -- a parameter compared with a number
  list({ attempt: 1 }),
  // @ts-expect-error -- a schema without a contract
  defineSchema({ name: "jobs", stats: "JobStats", entities: {} }),
  // @ts-expect-error -- a schema version that is not a number
  defineSchema({ name: "jobs", version: "1", contract: "Jobs", stats: "JobStats", entities: {} }),
];
