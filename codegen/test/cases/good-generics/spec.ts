import { defineSchema, entity, get, store } from "@gati-framework/storage-codegen";
import type * as types from "./types.js";
import type Default from "./types.js";
import type { Box as Crate, Payload } from "./types.js";

export default defineSchema({
  name: "boxes",
  contract: "BoxStore",
  stats: "BoxStats",
  entities: {
    crate: entity<Crate<Payload>>({
      key: ["id"],
      count: "crateCount",
      methods: { storeCrate: store(), getCrate: get({ id: "id" }) },
    }),
    list_: entity<Crate<readonly Payload[]>>({
      key: ["id"],
      count: "list_Count",
      methods: { storeList_: store(), getList_: get({ id: "id" }) },
    }),
    qualified: entity<types.Box<types.Payload>>({
      key: ["id"],
      count: "qualifiedCount",
      methods: { storeQualified: store(), getQualified: get({ id: "id" }) },
    }),
    default_: entity<Default>({
      key: ["id"],
      count: "default_Count",
      methods: { storeDefault_: store(), getDefault_: get({ id: "id" }) },
    }),
    inline: entity<{ id: string; when: Date; box?: Crate<Payload> }>({
      key: ["id"],
      count: "inlineCount",
      methods: { storeInline: store(), getInline: get({ id: "id" }) },
    }),
    partial: entity<Omit<Crate<Payload>, "value"> & { extra: Payload }>({
      key: ["id"],
      count: "partialCount",
      methods: { storePartial: store(), getPartial: get({ id: "id" }) },
    }),
  },
});
