import type { BackendDescriptor } from "../../backends/descriptor.js";
import type { Model } from "../../model/model.js";
import { camelCase, pascalCase } from "../../model/names.js";
import { type EntityView, entityView } from "./entity.js";

/**
 * What templates see: the model, with every expression and name that emitted code needs already spelled. A template only
 * places them.
 */
export interface SchemaView {
  readonly model: Model;
  readonly names: NamesView;
  /** The document types' names, each once. */
  readonly documentTypes: readonly string[];
  readonly entities: readonly EntityView[];
}

/** The names that follow from the schema's own. */
export interface NamesView {
  /** `storage` */
  readonly module: string;
  /** `Storage` */
  readonly modulePascal: string;
  /** `StorageModule` */
  readonly moduleType: string;
  /** `StorageBackend` */
  readonly backendType: string;
  /** `storageContract` */
  readonly contractFactory: string;
  /** `defineStorage` */
  readonly define: string;
  /** `createInMemoryStorage` */
  readonly inMemoryFactory: string;
  /** Version that modules report: the packages', or `0.0.0` for a plain folder. */
  readonly version: string;
}

/** A backend's facts, with the names that follow from them and the schema's. */
export interface BackendView extends BackendDescriptor {
  /** `createBetterSqliteStorage` */
  readonly factory: string;
  /** `BetterSqliteStorageOptions` */
  readonly optionsType: string;
}

export function backendView(view: SchemaView, descriptor: BackendDescriptor): BackendView {
  return {
    ...descriptor,
    factory: `create${descriptor.stem}${view.names.modulePascal}`,
    optionsType: `${descriptor.stem}${view.names.modulePascal}Options`,
  };
}

export function schemaView(model: Model): SchemaView {
  return {
    model,
    names: namesView(model),
    documentTypes: [...new Set(model.entities.map((entity) => entity.type.name))].toSorted(),
    entities: model.entities.map(entityView),
  };
}

function namesView(model: Model): NamesView {
  const modulePascal = pascalCase(model.module);
  return {
    module: model.module,
    modulePascal,
    moduleType: `${modulePascal}Module`,
    backendType: `${modulePascal}Backend`,
    contractFactory: `${camelCase(model.module)}Contract`,
    define: `define${modulePascal}`,
    inMemoryFactory: `createInMemory${modulePascal}`,
    version: model.packages?.version ?? "0.0.0",
  };
}
