import type { EntityLayout, IndexLayout, Layout } from "./layout.js";

/** How files of the history are written now. Counts up when a {@link Layout} records more than before. */
export const FORMAT = 2;

/** A file of format 1 comes from before `unique` and `remove` were words of the spec: it says nothing of either. */
interface LayoutV1 extends Omit<Layout, "entities"> {
  readonly entities: readonly (Omit<EntityLayout, "indexes" | "uniques" | "removable"> & {
    readonly indexes: readonly (IndexLayout & { readonly unique: false })[];
  })[];
}

/** The layout that a file of any format up to the present one holds; the file stays as it was released. */
export function readLayout(format: number, stored: unknown): Layout {
  return format === 1 ? fromV1(stored as LayoutV1) : (stored as Layout);
}

function fromV1(layout: LayoutV1): Layout {
  return {
    ...layout,
    entities: layout.entities.map((entity) => ({
      ...entity,
      indexes: entity.indexes.map(({ name, fields, order, use }) => ({ name, fields, order, use })),
      uniques: [],
      removable: false,
    })),
  };
}
