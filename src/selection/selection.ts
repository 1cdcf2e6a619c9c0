/** A value that is compared with a field. */
export type SelectionValue = string | number | boolean;

/**
 * Where a row stands in its list: the values that the list is ordered by, null for an absent one, and then the position of first
 * storing (rule S6). No two rows of a list stand at the same place.
 */
export type Place = readonly (SelectionValue | null)[];

/** What narrows a list, beside the values that are always compared. Checked, as every argument of a backend (rule S14). */
export interface Selection {
  /** Values that the optional filters' fields must equal, in the filters' order; undefined where anything will do. */
  readonly filters: readonly (SelectionValue | undefined)[];
  /** The least value of the field that the list is first ordered by. */
  readonly from?: SelectionValue | undefined;
  /** What that field must be less than. A row that lacks it is in no range. */
  readonly to?: SelectionValue | undefined;
  /** Only rows that follow this place, in the list's direction. */
  readonly after?: Place | undefined;
  /** How many rows to answer with, from 1; undefined for all. */
  readonly limit?: number | undefined;
}

/** An answer of a list that is read page by page. */
export interface Placed<Data> {
  readonly data: Data;
  /** Of first storing (rule S6). */
  readonly position: number;
}

/** One page of a list. */
export interface StoragePage<Document> {
  /** In order (rule S6). */
  readonly items: Document[];
  /** Where the next page begins, for the option `after`; undefined when this page is the last. */
  readonly next: string | undefined;
}
