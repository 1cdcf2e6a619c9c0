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
  readonly reads: readonly ReadFacts[];
  /** The least document of its type: every required property, and nothing else. */
  sample(): object;
}

export interface ReadFacts {
  readonly method: string;
  readonly kind: "get" | "list";
  readonly params: readonly ParamFacts[];
  /** What a `get` answers when there is nothing (rule S7). */
  readonly miss: null | undefined;
}

export interface ParamFacts {
  readonly field: FieldFacts;
  /** Whether it may be left out, which means "the last in order" (rule S3). */
  readonly optional: boolean;
}
