/** A parameter that callers may leave out. Made by {@link optional}. */
export interface OptionalParam<Field extends string = string> {
  readonly field: Field;
  readonly optional: true;
}

/** Parameter name to the field it is compared with, in the order of the method's parameters. */
export type ParamsSpec = Readonly<Record<string, string | OptionalParam>>;

/** The fields that a record of parameters names. */
type FieldsOf<Params extends ParamsSpec> = {
  [K in keyof Params]: Params[K] extends OptionalParam<infer F> ? F : Params[K];
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
export interface ListSpec<Field extends string = string> {
  readonly kind: "list";
  readonly params: ParamsSpec;
  /** Never present at run time: the fields that `params` names, for the compiler. */
  readonly fields?: Field;
  readonly doc?: string;
}

/** Any method of an entity whose key fields are `Key` and whose scalar fields are `Field`. */
export type MethodSpec<Key extends string = string, Field extends string = string> =
  | StoreSpec
  | GetSpec<Key>
  | ListSpec<Field>;

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
 * Reads one document by its whole key.
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
 * without parameters.
 */
export function list<const Params extends ParamsSpec = Record<never, never>>(
  params?: Params,
  options: { readonly doc?: string } = {},
): ListSpec<FieldsOf<Params>> {
  return { kind: "list", params: params ?? {}, ...options };
}

/** Marks the last parameter of a `get` as one that callers may leave out (rule S3). */
export function optional<const Field extends string>(field: Field): OptionalParam<Field> {
  return { field, optional: true };
}
