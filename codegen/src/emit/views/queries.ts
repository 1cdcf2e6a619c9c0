import type { EntityModel, QueryModel, ScalarKind } from "../../model/model.js";
import { callDoc } from "../docs.js";
import { bucketMember } from "./buckets.js";
import { type FieldView, type OrderTermView, fieldView, orderTermView, reverse } from "./fields.js";

/** An argument of a read: checked, and called as its field. */
export interface ArgumentView {
  /** `handlerId`: the field's name is the argument's. */
  readonly name: string;
  readonly field: FieldView;
  readonly kind: ScalarKind;
  readonly position: number;
}

/** One read of a backend. */
export interface QueryView extends Omit<QueryModel, "where" | "order"> {
  readonly isList: boolean;
  readonly isKey: boolean;
  readonly isLast: boolean;
  readonly args: readonly ArgumentView[];
  readonly order: readonly OrderTermView[];
  /** The order of "the last": each direction turned. */
  readonly reversed: readonly OrderTermView[];
  /** `handlerId: string, version: string` */
  readonly signature: string;
  /** `handlerId, version` */
  readonly argNames: string;
  /** In-memory member that answers it: `byHandlerId`; empty for `key`. */
  readonly bucket: string;
  /** For `last` on SQLite: the columns to be greatest in, each with arguments of its own. */
  readonly lastTerms: readonly { readonly column: string; readonly args: readonly ArgumentView[] }[];
  /** What a call binds on SQLite: `handlerId, handlerId` where the arguments come twice. */
  readonly sqliteBinding: string;
  readonly doc: string;
}

export function queryView(entity: EntityModel, query: QueryModel): QueryView {
  const order = query.order.map(orderTermView);
  const args = query.where.map((field, position): ArgumentView => ({
    name: field.name,
    field: fieldView(field),
    kind: field.kind,
    position,
  }));
  const lastTerms = (query.kind === "last" ? order : []).map((term, index) => ({
    column: term.field.column,
    args: args.map((arg) => ({ ...arg, position: args.length * (index + 1) + arg.position })),
  }));
  const binding = args.map((arg) => arg.field.bind.sqlite.argument);
  return {
    name: query.name,
    kind: query.kind,
    index: query.index,
    isKey: query.kind === "key",
    isLast: query.kind === "last",
    isList: query.kind === "list",
    args,
    order,
    reversed: order.map(reverse),
    signature: query.where.map((field) => `${field.name}: ${field.kind}`).join(", "),
    argNames: query.where.map((field) => field.name).join(", "),
    bucket: query.kind === "key" ? "" : bucketMember(query.where),
    lastTerms,
    sqliteBinding: [binding, ...lastTerms.map(() => binding)].flat().join(", "),
    doc: callDoc(entity, query),
  };
}
