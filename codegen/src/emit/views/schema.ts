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
  /** Options of the methods that select: `ListJobsOptions`. */
  readonly optionTypes: readonly string[];
  /** Whether some entity has unique indexes. */
  readonly hasUniques: boolean;
  /** Whether rows of some entity go one by one. */
  readonly hasRemovals: boolean;
  /** Whether rows of some entity only go all at once. */
  readonly hasKept: boolean;
  /** Whether callers choose what narrows some read. */
  readonly hasSelections: boolean;
  /** Whether some list that callers cannot narrow goes through an index. */
  readonly hasListIndexes: boolean;
  /** Whether any list is read page by page. */
  readonly hasPages: boolean;
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
    factory: factoryName(descriptor.stem, view.model),
    optionsType: `${descriptor.stem}${view.names.modulePascal}Options`,
  };
}

/** `createBetterSqliteStorage` */
export function factoryName(stem: string, { module }: Model): string {
  return `create${stem}${pascalCase(module)}`;
}

export function schemaView(model: Model): SchemaView {
  const methods = model.entities.flatMap((entity) => entity.methods);
  const entities = model.entities.map(entityView);
  return {
    model,
    names: namesView(model),
    documentTypes: [...new Set(model.entities.map((entity) => entity.type.name))].toSorted(),
    optionTypes: methods.flatMap((method) => ("optionsType" in method ? (method.optionsType ?? []) : [])),
    hasUniques: entities.some((entity) => entity.hasUniques),
    hasRemovals: entities.some((entity) => entity.removable),
    hasKept: entities.some((entity) => !entity.removable),
    hasSelections: entities.some((entity) => entity.selections.length > 0),
    hasListIndexes: entities.some(({ queries }) => queries.some(({ listIndex }) => listIndex !== null)),
    hasPages: methods.some((method) => method.kind === "list" && method.paged),
    entities,
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
    inMemoryFactory: factoryName("InMemory", model),
    version: model.packages?.version ?? "0.0.0",
  };
}
