import type { Selection, SelectionValue } from "../../selection/selection.js";
import { arg, argumentsOf, type CompiledSql } from "../arguments.js";
import { type NarrowedSelection, narrowSelection, withoutShared } from "./narrow.js";

/** How the statements of one read are built. */
export interface SelectionQuery {
  /** Whether it begins with the greatest value of the field that is first ordered by. */
  readonly descends: boolean;
  /** Of each value of a place: which of the values that are always compared, and then of the filters, has its field; -1 for none. */
  readonly comparedWith: readonly number[];
  /** The statement for calls that give just these values, each of which stands for any other. A place is within the bounds. */
  build(where: readonly SelectionValue[], selection: NarrowedSelection): CompiledSql;
}

/** A statement, and the values of one call in the order of its parameters. */
export interface BoundSelection<Prepared> {
  readonly statement: Prepared;
  readonly values: readonly SelectionValue[];
}

interface Variant<Prepared> {
  readonly statement: Prepared;
  /** Which of the given values each parameter takes. */
  readonly positions: readonly number[];
}

/**
 * The statements of one read whose callers choose what narrows it. There is one for each set of values that callers give, built
 * and prepared when it is first asked for, and kept.
 */
export class SelectionStatements<Prepared> {
  readonly #query: SelectionQuery;
  readonly #prepare: (sql: string, variant: number) => Prepared;
  readonly #toDriver: (value: SelectionValue) => SelectionValue;
  readonly #variants = new Map<number, Variant<Prepared>>();

  /**
   * `prepare` is given the SQL, and a number that no other statement of the read has; `toDriver` makes of a value what the
   * driver binds.
   */
  constructor(
    query: SelectionQuery,
    prepare: (sql: string, variant: number) => Prepared,
    toDriver: (value: SelectionValue) => SelectionValue = (value) => value,
  ) {
    this.#query = query;
    this.#prepare = prepare;
    this.#toDriver = toDriver;
  }

  /** The statement that answers a call. `where` are the values that are always compared. */
  bind(where: readonly SelectionValue[], selection: Selection): BoundSelection<Prepared> {
    const { descends, comparedWith } = this.#query;
    const narrowed = withoutShared(where, narrowSelection(selection, descends), comparedWith);
    const number = variantOf(narrowed);
    let variant = this.#variants.get(number);
    if (variant === undefined) {
      variant = this.#build(where, narrowed, number);
      this.#variants.set(number, variant);
    }
    const given: SelectionValue[] = [];
    mapGiven(where, narrowed, (value) => {
      given.push(this.#toDriver(value));
      return value;
    });
    return { statement: variant.statement, values: variant.positions.map((position) => given[position]!) };
  }

  #build(where: readonly SelectionValue[], selection: NarrowedSelection, number: number): Variant<Prepared> {
    let position = 0;
    const symbols = mapGiven(where, selection, () => arg<SelectionValue>(position++));
    const query = this.#query.build(symbols.where, symbols.selection);
    return { statement: this.#prepare(query.sql, number), positions: argumentsOf(query) };
  }
}

/** Two calls have the same number when they give the same values, whatever these are: a digit for each. */
function variantOf({ filters, from, to, after, limit }: NarrowedSelection): number {
  let bits = after === undefined ? 0 : 1;
  for (const value of after ?? []) bits = bits * 3 + (value === undefined ? 2 : Number(value !== null));
  for (const value of [...filters, from, to, limit]) bits = bits * 2 + Number(value !== undefined);
  return bits;
}

/** The values that a call gives, each replaced by what `replace` makes of it, always in the same order. */
function mapGiven(
  where: readonly SelectionValue[],
  { filters, from, to, after, limit }: NarrowedSelection,
  replace: (value: SelectionValue) => SelectionValue,
): { readonly where: readonly SelectionValue[]; readonly selection: NarrowedSelection } {
  const given = <T>(value: T | SelectionValue): T =>
    (value === undefined || value === null ? value : replace(value as SelectionValue)) as T;
  return {
    where: where.map(replace),
    selection: {
      filters: filters.map(given<SelectionValue | undefined>),
      from: given(from),
      to: given(to),
      after: after?.map(given<SelectionValue | null | undefined>),
      limit: given(limit),
    },
  };
}
