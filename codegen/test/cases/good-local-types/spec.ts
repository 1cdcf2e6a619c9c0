import { asc, defineSchema, desc, entity, get, list, store } from "@gati-framework/storage-codegen";

interface Base {
  /** Not exported, and not named by an entity either. */
  id: string;
}

export interface Job extends Base {
  run: { at: number }[];
}

type Renamed = Job & { HTTPPath: string; a1B: number; late?: boolean };
export type { Renamed as Task };

export default defineSchema({
  name: "jobs",
  contract: "JobStore",
  stats: "JobStats",
  entities: {
    job: entity<Job>({
      key: ["id"],
      count: "jobCount",
      methods: { storeJob: store(), getJob: get({ id: "id" }) },
    }),
    task: entity<Renamed>({
      key: ["id", "HTTPPath"],
      order: [desc("late"), asc("a1B")],
      count: "taskCount",
      methods: {
        storeTask: store(),
        getTask: get({ path: "HTTPPath", id: "id" }),
        listTasks: list(),
        listLate: list({ late: "late", id: "id" }),
        listLateById: list({ id: "id", late: "late" }),
      },
    }),
  },
});
