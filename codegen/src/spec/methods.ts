/** A parameter that callers may leave out. Made by {@link optional}. */
export interface OptionalParam<Field extends string = string> {
  readonly field: Field;
  readonly optional: true;
}

/** A bound of a range. Made by {@link from} and {@link to}. */
export interface BoundParam<Field extends string = string> {
  readonly field: Field;
  readonly bound: "from" | "to";
}

/** Parameter name to the field it is compared with, in the order of the method's parameters. */
export type ParamsSpec = Readonly<Record<string, string | OptionalParam>>;

/** The same for methods that select: required parameters by position, optional ones and bounds in an object of options. */
export type SelectionSpec = Readonly<Record<string, string | OptionalParam | BoundParam>>;

/** The fields that a record of parameters names. */
type FieldsOf<Params extends SelectionSpec> = {
  [K in keyof Params]: Params[K] extends OptionalParam<infer F> | BoundParam<infer F> ? F : Params[K];
}[keyof Params] &
  string;

/** A method that stores one document, in the place of an earlier one of the same key. Made by {@link store}. */
export interface StoreSpec {
  readonly kind: "store";
  /** Name of the parameter that takes the document; the entity's name unless given. */
  readonly param?: string;
  /** Documentation of the emitted method; the comment above the member unless given. */
  readonly doc?: string;
}

/** A method that reads one document. Made by {@link get}. */
export interface GetSpec<Field extends string = string> {
  readonly kind: "get";
  readonly params: ParamsSpec;
  /** Never present at run time: the fields that `params` names, for the compiler. */
  readonly fields?: Field;
  readonly pick?: "last";
  readonly miss?: null | undefined;
  readonly doc?: string;
}

/** A method that reads every matching document, in the entity's order. Made by {@link list}. */
export interface ListSpec<Field extends string = string> extends ListOptions {
  readonly kind: "list";
  readonly params: SelectionSpec;
  /** Never present at run time: the fields that `params` names, for the compiler. */
  readonly fields?: Field;
}

/** A method that counts the matching documents. Made by {@link count}. */
export interface CountSpec<Field extends string = string> {
  readonly kind: "count";
  readonly params: SelectionSpec;
  /** Never present at run time: the fields that `params` names, for the compiler. */
  readonly fields?: Field;
  readonly doc?: string;
}

/** A method that removes documents by their key, or by its first fields. Made by {@link remove}. */
export interface RemoveSpec<Field extends string = string> {
  readonly kind: "remove";
  readonly params: ParamsSpec;
  /** Never present at run time: the fields that `params` names, for the compiler. */
  readonly fields?: Field;
  readonly doc?: string;
}

/** Any method of an entity whose key fields are `Key` and whose scalar fields are `Field`. */
export type MethodSpec<Key extends string = string, Field extends string = string> =
  | StoreSpec
  | GetSpec<Field>
  | ListSpec<Field>
  | CountSpec<Field>
  | RemoveSpec<Key>;

/** What {@link list} takes beside its parameters. */
export interface ListOptions {
  /** `'desc'` answers in the reverse of the entity's order, ties included. */
  readonly direction?: "asc" | "desc";
  /** Lets callers bound the answer with an option `limit`. */
  readonly limit?: boolean;
  /** Answers page by page: callers go on with the option `after`, and bound a page with `limit`, 100 unless given. */
  readonly pages?: boolean;
  /** Documentation of the emitted method; the comment above the member unless given. */
  readonly doc?: string;
}

/** What {@link get} takes beside its parameters. */
export interface GetOptions {
  /**
   * Which document answers when the optional last parameter is left out: `'last'`, the greatest by the entity's order and,
   * among equals, the one stored first (rules S3 and S6).
   */
  readonly pick?: "last";
  /** What a miss returns (rule S7): `undefined` unless `null` is given. */
  readonly miss?: null | undefined;
  /** Documentation of the emitted method; the comment above the member unless given. */
  readonly doc?: string;
}

/** Stores a document under the entity's key, in the place of an earlier one of that key. */
export function store(options: Omit<StoreSpec, "kind"> = {}): StoreSpec {
  return { kind: "store", ...options };
}

/**
 * Reads one document by its whole key, or by all fields of a unique index.
 *
 * @example
 * ```ts
 * getManifest: get({ id: 'handlerId', version: optional('version') }, { pick: 'last' })
 * ```
 */
export function get<const Params extends ParamsSpec>(
  params: Params,
  options: GetOptions = {},
): GetSpec<FieldsOf<Params>> {
  return { kind: "get", params, ...options };
}

/**
 * Reads every document whose fields equal the given values, through an index, in the entity's order; all of them
 * without parameters. A parameter is the field itself, or made by {@link optional}, {@link from} or {@link to}.
 *
 * @example
 * ```ts
 * listJobs: list({ queue: 'queue', state: optional('state'), since: from('runAt'), until: to('runAt') }, { pages: true })
 * ```
 */
export function list<const Params extends SelectionSpec = Record<never, never>>(
  params?: Params,
  options: ListOptions = {},
): ListSpec<FieldsOf<Params>> {
  return { kind: "list", params: params ?? {}, ...options };
}

/** Counts the documents that a {@link list} of the same parameters would read. */
export function count<const Params extends SelectionSpec = Record<never, never>>(
  params?: Params,
  options: { readonly doc?: string } = {},
): CountSpec<FieldsOf<Params>> {
  return { kind: "count", params: params ?? {}, ...options };
}

/** Removes the document of a whole key, or all that share the first fields of their key, and says how many it were. */
export function remove<const Params extends ParamsSpec>(
  params: Params,
  options: { readonly doc?: string } = {},
): RemoveSpec<FieldsOf<Params>> {
  return { kind: "remove", params, ...options };
}

/** Marks the last parameter of a `get` as one that callers may leave out (rule S3), or a filter of a `list` or `count`. */
export function optional<const Field extends string>(field: Field): OptionalParam<Field> {
  return { field, optional: true };
}

/** The least value that the first field of the order may have, this one included. */
export function from<const Field extends string>(field: Field): BoundParam<Field> {
  return { field, bound: "from" };
}

/** The value that the first field of the order must stay below: ranges that meet neither overlap nor leave a gap. */
export function to<const Field extends string>(field: Field): BoundParam<Field> {
  return { field, bound: "to" };
}
