import type { HostModule } from "../lifecycle/module.js";

/** How a test gets hold of storages of one backend. */
export interface BackendInitializer<Module> {
  /** The backend's name in reports: `better-sqlite3 (file)`. */
  readonly name: string;
  /** A new, empty storage that shares nothing with any other. */
  create(): Promise<CreatedStorage<Module>>;
}

export interface CreatedStorage<Module> {
  readonly module: Module;
  /** Shuts the storage down and removes whatever it kept. */
  destroy(): Promise<void>;
  /** A new module on the same data, for a durable backend; called after `module` has been shut down. */
  reopen?(): Promise<Module>;
}

/** A contract whose methods are called by the names that its facts give. */
export type DynamicContract = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;
export type Stats = Readonly<Record<string, number>>;
/** A module of any schema. */
export type DynamicModule = HostModule<DynamicContract, Stats>;
