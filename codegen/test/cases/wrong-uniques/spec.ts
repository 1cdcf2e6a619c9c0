import { defineSchema, entity, get, store } from "@gati-framework/storage-codegen";

export interface Page {
  id: string;
  slug: string;
  owner: string;
  tags: string[];
}

export default defineSchema({
  name: "pages",
  contract: "PageStore",
  stats: "PageStats",
  entities: {
    flat: entity<Page>({
      key: ["id"],
      unique: ["slug"] as never,
      count: "flats",
      methods: { storeFlat: store() },
    }),
    text: entity<Page>({
      key: ["id"],
      unique: "slug" as never,
      count: "texts",
      methods: { storeText: store() },
    }),
    blank: entity<Page>({
      key: ["id"],
      unique: [[] as never],
      count: "blanks",
      methods: { storeBlank: store() },
    }),
    page: entity<Page>({
      key: ["id"],
      unique: [["slug"], ["owner", "slug"], ["slug", "owner"], ["id"], ["slugg" as never], ["tags" as never], ["owner", "owner"]],
      count: "pages",
      methods: {
        storePage: store(),
        getPart: get({ owner: "owner" }),
      },
    }),
  },
});
