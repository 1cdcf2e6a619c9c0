/** A spec of `count` kinds, alike but for their names: a key, an order, a read by key and a list by another field. */
export function specOf(count: number): string {
  const numbers = Array.from({ length: count }, (_, number) => number);
  const types = numbers.map(
    (number) =>
      `export interface Kind${number} { id: string; group: string; at${number}: number; note?: string; parts: { name: string; size: number }[] }`,
  );
  const entities = numbers.map(
    (number) => `
    /** Documents of kind ${number}. */
    kind${number}: entity<Kind${number}>({
      key: ["id"],
      order: [asc("at${number}")],
      count: "kind${number}Count",
      methods: {
        storeKind${number}: store(),
        getKind${number}: get({ id: "id" }),
        listKind${number}: list({ group: "group" }),
      },
    }),`,
  );
  return `
import { asc, defineSchema, entity, get, list, store } from "@gati-framework/storage-codegen";

${types.join("\n")}

export default defineSchema({
  name: "large",
  contract: "LargeStore",
  stats: "LargeStats",
  entities: {${entities.join("")}
  },
});
`;
}
