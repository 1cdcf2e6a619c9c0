/** A value that can be part of a key, an index or an order (rules S1 and S6). */
export type Scalar = string | number | boolean;

/** Whether every value of `V` is a scalar; `any` is not, since nothing is known of it. */
type IsScalar<V> = 0 extends 1 & V ? false : [V] extends [Scalar] ? true : false;

/** Names of the fields of `T` that always hold a scalar: what a key may be made of. */
export type KeyField<T> = {
  [K in keyof T & string]-?: IsScalar<T[K]> extends true ? K : never;
}[keyof T & string];

/** Names of the fields of `T` that hold a scalar or nothing: what an index or an order may be made of. */
export type ScalarField<T> = {
  [K in keyof T & string]-?: IsScalar<Exclude<T[K], undefined>> extends true ? K : never;
}[keyof T & string];
