import type { UniqueModel } from "../../model/model.js";
import { mapTypes } from "./buckets.js";
import { type FieldView, fieldView } from "./fields.js";

/** Fields that no two documents share. */
export interface UniqueView {
  /** Of the index, before the prefix. */
  readonly name: string;
  readonly fields: readonly FieldView[];
  /** `uniqueBySlug`: the in-memory member that finds a row by them. */
  readonly member: string;
  /** `Map<string, Map<string, ` */
  readonly typeOpen: string;
  readonly typeClose: string;
}

export function uniqueView(unique: UniqueModel): UniqueView {
  return {
    name: unique.name,
    fields: unique.fields.map(fieldView),
    member: unique.member,
    typeOpen: mapTypes(unique.fields),
    typeClose: ">".repeat(unique.fields.length),
  };
}
