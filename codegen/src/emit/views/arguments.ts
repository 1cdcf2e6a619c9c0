import type { FieldModel, ScalarKind } from "../../model/model.js";
import { type FieldView, fieldView } from "./fields.js";

/** An argument of a read or a removal: checked, and called as its field. */
export interface ArgumentView {
  /** `handlerId`: the field's name is the argument's. */
  readonly name: string;
  readonly field: FieldView;
  readonly kind: ScalarKind;
  readonly position: number;
}

export function argumentViews(fields: readonly FieldModel[]): ArgumentView[] {
  return fields.map((field, position) => ({
    name: field.name,
    field: fieldView(field),
    kind: field.kind,
    position,
  }));
}

/** `handlerId: string, version: string` */
export function signatureOf(fields: readonly FieldModel[]): string {
  return fields.map((field) => `${field.name}: ${field.kind}`).join(", ");
}

/** `handlerId, version` */
export function namesOf(fields: readonly FieldModel[]): string {
  return fields.map((field) => field.name).join(", ");
}
