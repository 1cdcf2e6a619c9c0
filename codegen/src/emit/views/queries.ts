import type { EntityModel, PlainQueryModel } from "../../model/model.js";
import { listMember } from "../../model/reads.js";
import { callDoc } from "../docs.js";
import { type ArgumentView, argumentViews, namesOf, signatureOf } from "./arguments.js";
import { type OrderTermView, orderTermView, reverse } from "./fields.js";
import { listIndexName, openOrder } from "./indexes.js";

/** One read of a backend whose callers give all that it compares. */
export interface QueryView {
  readonly name: string;
  readonly isList: boolean;
  readonly isKey: boolean;
  readonly isUnique: boolean;
  readonly isLast: boolean;
  readonly args: readonly ArgumentView[];
  /** What its rows are ordered by, but for what they share. */
  readonly order: readonly OrderTermView[];
  /** The order of "the last": each direction turned. */
  readonly reversed: readonly OrderTermView[];
  /** The index that a list is read through; null where there is none. */
  readonly listIndex: string | null;
  /** `handlerId: string, version: string` */
  readonly signature: string;
  /** `handlerId, version` */
  readonly argNames: string;
  /** In-memory member that answers it: `byHandlerId`, `uniqueBySlug`; empty for `key`. */
  readonly bucket: string;
  /** For `last` on SQLite: the columns to be greatest in, each with arguments of its own. */
  readonly lastTerms: readonly { readonly column: string; readonly args: readonly ArgumentView[] }[];
  /** What a call binds on SQLite: `handlerId, handlerId` where the arguments come twice. */
  readonly sqliteBinding: string;
  readonly doc: string;
}

/** A read of one document, as a cache of documents sees it. */
export interface KeptReadView {
  readonly name: string;
  /** `[0, 1]`: the positions in the key of what it compares; `null` where it compares anything else. */
  readonly keyPositions: string;
}

export function keptReadViews({ key, queries }: EntityModel): KeptReadView[] {
  const gets = queries.filter(({ kind }) => kind === "key" || kind === "last" || kind === "unique");
  return gets.map(({ name, where }) => {
    const positions = where.map((field) => key.findIndex((part) => part.name === field.name));
    return { name, keyPositions: positions.includes(-1) ? "null" : `[${positions.join(", ")}]` };
  });
}

export function queryView(entity: EntityModel, query: PlainQueryModel): QueryView {
  const order = openOrder(query.order, query.where).map(orderTermView);
  const args = argumentViews(query.where);
  const lastTerms = (query.kind === "last" ? order : []).map((term, index) => ({
    column: term.field.column,
    args: args.map((arg) => ({ ...arg, position: args.length * (index + 1) + arg.position })),
  }));
  const binding = args.map((arg) => arg.field.bind.sqlite.argument);
  return {
    name: query.name,
    isKey: query.kind === "key",
    isUnique: query.kind === "unique",
    isLast: query.kind === "last",
    isList: query.kind === "list",
    args,
    order,
    reversed: order.map(reverse),
    signature: signatureOf(query.where),
    argNames: namesOf(query.where),
    listIndex: query.kind === "list" ? listIndexName(entity, query.where) : null,
    bucket: bucketOf(entity, query),
    lastTerms,
    sqliteBinding: [binding, ...lastTerms.map(() => binding)].flat().join(", "),
    doc: callDoc(entity, query),
  };
}

function bucketOf(entity: EntityModel, query: PlainQueryModel): string {
  if (query.kind === "key") return "";
  if (query.kind === "unique") return entity.uniques.find(({ name }) => name === query.index)?.member ?? "";
  return listMember(query.where);
}
