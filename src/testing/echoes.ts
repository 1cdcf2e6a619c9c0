import type { ContractFacts, EntityFacts, FieldFacts } from "./facts.js";
import type { AnyOperation } from "./operations.js";

type Document = Readonly<Record<string, unknown>>;

/**
 * Lets calls of a sequence speak of what earlier ones store: drawn for themselves, keys of many parts would hardly ever meet, and
 * reads would find nothing.
 */
export class Echoes {
  readonly #roles: ReadonlyMap<string, Role>;
  readonly #stored = new Map<EntityFacts, Document[]>();

  constructor(facts: ContractFacts) {
    this.#roles = new Map(facts.entities.flatMap(rolesOf));
  }

  /**
   * The same call: as it was drawn for 0, or for the `back`th but last document that was stored before. What was drawn to be
   * refused stays so. One that stores overwrites that document if it is taken `whole`; otherwise the last part of its key
   * remains its own, so that the two are found together.
   */
  of(operation: AnyOperation, back: number, whole: boolean): AnyOperation {
    const role = this.#roles.get(operation.method);
    if (role === undefined) return operation;
    const stored = this.#stored.get(role.entity) ?? [];
    const document = back === 0 ? undefined : stored.at(-back);
    const args = document === undefined ? operation.args : echoed(role, operation.args, document, whole);
    if (role.isStore && isDocument(args[0])) this.#stored.set(role.entity, [...stored, args[0]]);
    return { ...operation, args };
  }
}

/** What a method of the contract does, as far as its arguments go. */
interface Role {
  readonly entity: EntityFacts;
  readonly isStore: boolean;
  /** Fields by position. */
  readonly params: readonly FieldFacts[];
  /** Fields of the options that filter, by their names. */
  readonly filters: Readonly<Record<string, FieldFacts>>;
}

function rolesOf(entity: EntityFacts): [string, Role][] {
  return [
    [entity.store, { entity, isStore: true, params: [], filters: {} }],
    ...entity.reads.map(({ method, params, narrowing }): [string, Role] => {
      const filters = narrowing.filter(({ use }) => use === "filter").map(({ name, field }) => [name, field]);
      const fields = params.map(({ field }) => field);
      return [method, { entity, isStore: false, params: fields, filters: Object.fromEntries(filters) }];
    }),
    ...entity.removals.map(({ method, params }): [string, Role] => [
      method,
      { entity, isStore: false, params, filters: {} },
    ]),
  ];
}

function echoed(
  role: Role,
  args: readonly unknown[],
  document: Document,
  whole: boolean,
): readonly unknown[] {
  if (role.isStore) {
    const fields = whole ? role.entity.key : role.entity.key.slice(0, -1);
    return [withFieldsOf(args[0], Object.fromEntries(fields.map((field) => [field.name, field])), document)];
  }
  const { params, filters } = role;
  const named = params.map((field, index) => instead(args[index], field, document));
  return [...named.slice(0, args.length), ...args.slice(params.length)].map((arg, index) =>
    index === params.length ? withFieldsOf(arg, filters, document) : arg,
  );
}

/** The object, its members of these names replaced by fields of the document. */
function withFieldsOf(
  object: unknown,
  names: Readonly<Record<string, FieldFacts>>,
  document: Document,
): unknown {
  if (!isDocument(object)) return object;
  const copy = Object.defineProperties({}, Object.getOwnPropertyDescriptors(object)) as Record<
    string,
    unknown
  >;
  for (const [name, field] of Object.entries(names)) {
    if (Object.hasOwn(copy, name)) copy[name] = instead(copy[name], field, document);
  }
  return copy;
}

/** The document's value in place of another of its type; what is absent, or of another type, is left as it is. */
function instead(value: unknown, { name, kind }: FieldFacts, document: Document): unknown {
  const other = document[name];
  return typeof value === kind && typeof other === kind ? other : value;
}

function isDocument(value: unknown): value is Document {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
