import { defineSchema, entity, get, list, store } from "@gati-framework/storage-codegen";

export interface Job {
  id: string;
  aFieldWithAnExceedinglyLongNameThatNoDatabaseWouldTakeOne: string;
  aFieldWithAnExceedinglyLongNameThatNoDatabaseWouldTakeTwo: string;
}

export default defineSchema({
  name: "jobs",
  contract: "JobStore",
  stats: "JobStats",
  entities: {
    anEntityWithAnExceedinglyLongNameThatNoDatabaseWouldTake: entity<Job>({
      key: ["id"],
      count: "jobCount",
      methods: {
        storeJob: store(),
        getJob: get({ id: "id" }),
        listOne: list({ one: "aFieldWithAnExceedinglyLongNameThatNoDatabaseWouldTakeOne" }),
        listTwo: list({ two: "aFieldWithAnExceedinglyLongNameThatNoDatabaseWouldTakeTwo" }),
        listBoth: list({ one: "aFieldWithAnExceedinglyLongNameThatNoDatabaseWouldTakeOne", two: "aFieldWithAnExceedinglyLongNameThatNoDatabaseWouldTakeTwo" }),
      },
    }),
  },
});
