/** The spec language: pure data, checked by the compiler against the entity types it names. */
export { defineSchema, entity } from "./spec/schema.js";
export type { Entity, EntitySpec, PackagesSpec, SchemaSpec } from "./spec/schema.js";
export { count, from, get, list, optional, remove, store, to } from "./spec/methods.js";
export type {
  BoundParam,
  CountSpec,
  GetOptions,
  GetSpec,
  ListOptions,
  ListSpec,
  MethodSpec,
  OptionalParam,
  ParamsSpec,
  RemoveSpec,
  SelectionSpec,
  StoreSpec,
} from "./spec/methods.js";
export { asc, desc } from "./spec/order.js";
export type { OrderSpec } from "./spec/order.js";
export type { KeyField, Scalar, ScalarField } from "./spec/fields.js";
export { defineConfig } from "./config/config.js";
export type { StorageConfig } from "./config/config.js";
export { defineBackend } from "./backends/descriptor.js";
export type { BackendDescriptor, BackendPromises, OwnSql, SqlTerm } from "./backends/descriptor.js";
