import { entity, get, list, store } from "@gati-framework/storage-codegen";
import type { Job } from "./job.js";

const keyField = "idd";
const shared = { queue: "queu" } as const;
const methods = {
  storeJob: store(),
  listJobs: list(shared),
  getJob: get({ id: "id" }),
};

const job = entity<Job>({ key: [keyField], count: "jobCount", methods });

export const entities = {
  ...{ job },
  ["task"]: entity<Job>({
    key: ["id"],
    count: `jobCount`,
    methods: { storeTask: store(), getTask: get({ id: "id" }) },
  }),
};
