import { defineSchema, entity, get, list, store } from "@gati-framework/storage-codegen";

export interface Job {
  id: string;
}

export interface Task {
  id: string;
}

export default defineSchema({
  name: "jobs",
  contract: "JobStore",
  stats: "JobStats",
  entities: {
    // Not documentation.
    /* Nor this. */
    job: entity<Job>({
      key: ["id"],
      count: "jobCount",
      methods: {
        /**
         * Stores a job.
         *
         *     const indented = "kept";
         *
         * {{template}} `${fragment}` <script>
         */
        storeJob: store(),
        /** Above. */
        getJob: get({ id: "id" }, { doc: "Given */ wins, \r\n and\u0007 is\u2028 cleaned.  " }),
        listJobs: list(),
        listById: list({ jobId: "id" }),
      },
    }),
    jobKind: entity<Task>({
      key: ["id"],
      count: "jobKindCount",
      methods: { storeJobKind: store(), getJobKind: get({ id: "id" }) },
    }),
  },
});
