import type { EntityModel, RemovalModel, SelectQueryModel } from "../../model/model.js";
import { combinations, listMember } from "../../model/reads.js";
import { removalDoc, selectionDoc } from "../docs.js";
import { type ArgumentView, argumentViews, namesOf, signatureOf } from "./arguments.js";
import { type FieldView, fieldView, orderTermView } from "./fields.js";
import { listIndexName } from "./indexes.js";

/** One read of a backend whose callers choose what narrows it (see the kit's `Selection`). */
export interface SelectionView {
  readonly name: string;
  readonly isCount: boolean;
  /** Always compared. */
  readonly args: readonly ArgumentView[];
  /** Compared where the selection gives a value, in the order of its `filters`. */
  readonly filters: readonly FieldView[];
  readonly descending: boolean;
  /** Whether rows are answered with their places. */
  readonly paged: boolean;
  /** The columns that it answers in the order of, each in its direction; the position comes last. */
  readonly terms: readonly SelectionTermView[];
  /** The index for each set of filters that are given: a number whose highest bit is the first filter. */
  readonly indexes: readonly { readonly name: string | null }[];
  /** `queue: string` of each argument, without the selection that follows them. */
  readonly signature: string;
  readonly argNames: string;
  /** Whether its answer depends on the selection at all: a count that callers cannot narrow does not. */
  readonly isNarrowed: boolean;
  /** Whether a list's length answers it: a count without bounds. */
  readonly isLength: boolean;
  /** Whether that list is always there. */
  readonly hasOneList: boolean;
  /** The list in memory that answers it: `this.#byQueue.get(queue)`, or a call of the method that finds it. */
  readonly list: string;
  /** In-memory members that answer it, for each combination of filters, all of them first. */
  readonly buckets: readonly SelectionBucketView[];
  readonly doc: string;
}

export interface SelectionBucketView {
  readonly member: string;
  /** Its maps' keys: arguments, then filters that are given. */
  readonly keys: readonly string[];
  /** `state !== undefined`; empty for the one that is left. */
  readonly condition: string;
}

/** A column that a list is ordered by. */
export interface SelectionTermView {
  readonly column: string;
  readonly descending: boolean;
  /** Whether rows may lack it. */
  readonly nullable: boolean;
}

/** A removal of a backend. */
export interface RemovalView {
  readonly name: string;
  readonly args: readonly ArgumentView[];
  readonly signature: string;
  readonly argNames: string;
  /** Whether it removes one row at most. */
  readonly isWholeKey: boolean;
  /** How many fields of the key follow those that are compared. */
  readonly depth: number;
  readonly doc: string;
}

export function selectionView(entity: EntityModel, query: SelectQueryModel): SelectionView {
  const isBounded = query.range !== null;
  const isFiltered = query.filters.length > 0;
  return {
    name: query.name,
    isCount: query.kind === "count",
    args: argumentViews(query.where),
    filters: query.filters.map(fieldView),
    descending: query.descending,
    paged: query.paged,
    terms: selectionTerms(query),
    indexes: combinations(query.where, query.filters).map((fields) => ({
      name: listIndexName(entity, fields),
    })),
    signature: signatureOf(query.where),
    argNames: namesOf(query.where),
    isNarrowed: query.kind === "select" || isFiltered || isBounded,
    isLength: query.kind === "count" && !isBounded,
    hasOneList: query.where.length === 0 && !isFiltered,
    list: isFiltered
      ? `this.#${query.name}List(${[...query.where.map((field) => field.name), "selection"].join(", ")})`
      : `this.#${listMember(query.where)}${query.where.map((field, n) => `${n > 0 ? "?" : ""}.get(${field.name})`).join("")}`,
    buckets: selectionBuckets(query),
    doc: selectionDoc(entity, query),
  };
}

function selectionTerms({ order, descending }: SelectQueryModel): SelectionTermView[] {
  const terms = order.map(orderTermView).map(({ field, ...term }): SelectionTermView => ({
    column: field.column,
    descending: term.descending !== descending,
    nullable: field.nullable,
  }));
  return [...terms, { column: "seq", descending, nullable: false }];
}

export function removalView(entity: EntityModel, removal: RemovalModel): RemovalView {
  return {
    name: removal.name,
    args: argumentViews(removal.where),
    signature: signatureOf(removal.where),
    argNames: namesOf(removal.where),
    isWholeKey: removal.where.length === entity.key.length,
    depth: entity.key.length - removal.where.length,
    doc: removalDoc(entity, removal),
  };
}

/** The most specific first, so that each condition need only ask for what is given. */
function selectionBuckets({ where, filters }: SelectQueryModel): SelectionBucketView[] {
  const sets = combinations(where, filters).toSorted((a, b) => b.length - a.length);
  return sets.map((fields) => {
    const given = fields.slice(where.length).map((field) => field.name);
    return {
      member: listMember(fields),
      keys: [...where.map((field) => field.name), ...given],
      condition: given.map((value) => `${value} !== undefined`).join(" && "),
    };
  });
}
