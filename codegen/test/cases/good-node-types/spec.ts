import { defineSchema, entity, get, store } from "@gati-framework/storage-codegen";
import type { Message } from "./message";

export default defineSchema({
  name: "mail",
  contract: "MailStore",
  stats: "MailStats",
  entities: {
    message: entity<Message>({
      key: ["id"],
      count: "messageCount",
      methods: { storeMessage: store(), getMessage: get({ id: "id" }) },
    }),
  },
});
