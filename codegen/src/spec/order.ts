/** One term of an ordering rule (rule S6). Made by {@link asc} and {@link desc}. */
export interface OrderSpec<Field extends string = string> {
  readonly field: Field;
  readonly direction: "asc" | "desc";
}

/** Smallest first: numbers by size, strings by code point, `false` before `true`, an absent value before any other. */
export function asc<const Field extends string>(field: Field): OrderSpec<Field> {
  return { field, direction: "asc" };
}

/** Greatest first; an absent value after any other. */
export function desc<const Field extends string>(field: Field): OrderSpec<Field> {
  return { field, direction: "desc" };
}
