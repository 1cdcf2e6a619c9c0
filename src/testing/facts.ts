/** What a spec says, as far as the conformance suite needs it; emitted for each schema. */
export interface ContractFacts {
  readonly entities: readonly EntityFacts[];
}

export type FieldKind = "string" | "number" | "boolean";

export interface FieldFacts {
  readonly name: string;
  readonly kind: FieldKind;
}

export interface OrderFacts {
  readonly field: FieldFacts;
  readonly descending: boolean;
}

export interface EntityFacts {
  /** `manifest`, as errors name it. */
  readonly name: string;
  /** Its field of the stats. */
  readonly count: string;
  /** The method that stores a document. */
  readonly store: string;
  readonly key: readonly FieldFacts[];
  /** Fields that are looked up or ordered by, and are no part of the key. */
  readonly indexed: readonly FieldFacts[];
  readonly order: readonly OrderFacts[];
  /** Groups of fields that no two documents share. */
  readonly unique: readonly (readonly FieldFacts[])[];
  readonly reads: readonly ReadFacts[];
  readonly removals: readonly RemovalFacts[];
  /** The least document of its type: every required property, and nothing else. */
  sample(): object;
}

export interface ReadFacts {
  readonly method: string;
  /** A `page` is a list that is read page by page. */
  readonly kind: "get" | "list" | "page" | "count";
  /** What is given by position. */
  readonly params: readonly ParamFacts[];
  /** What a `get` answers when there is nothing (rule S7). */
  readonly miss: null | undefined;
  /** What narrows a list or a count, each a member of the options. */
  readonly narrowing: readonly NarrowingFacts[];
  /** Whether there is an option `limit`. */
  readonly limited: boolean;
  /** Whether it answers in the reverse of the order. */
  readonly descending: boolean;
}

export interface ParamFacts {
  readonly field: FieldFacts;
  /** Whether it may be left out, which means "the last in order" (rule S3). */
  readonly optional: boolean;
}

export interface NarrowingFacts {
  /** Of the option. */
  readonly name: string;
  readonly field: FieldFacts;
  readonly use: "filter" | "from" | "to";
}

export interface RemovalFacts {
  readonly method: string;
  /** Fields of the key, all or the first of them, in the order of the parameters. */
  readonly params: readonly FieldFacts[];
}
