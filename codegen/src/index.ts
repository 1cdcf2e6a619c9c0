/** The spec language: pure data, checked by the compiler against the entity types it names. */
export { defineSchema, entity } from "./spec/schema.js";
export type { Entity, EntitySpec, PackagesSpec, SchemaSpec } from "./spec/schema.js";
export { get, list, optional, store } from "./spec/methods.js";
export type {
  GetOptions,
  GetSpec,
  ListSpec,
  MethodSpec,
  OptionalParam,
  ParamsSpec,
  StoreSpec,
} from "./spec/methods.js";
export { asc, desc } from "./spec/order.js";
export type { OrderSpec } from "./spec/order.js";
export type { KeyField, Scalar, ScalarField } from "./spec/fields.js";
export { defineBackend } from "./backends/descriptor.js";
export type { BackendDescriptor, BackendPromises } from "./backends/descriptor.js";
