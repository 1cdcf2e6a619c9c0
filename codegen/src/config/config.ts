/** What a project tells the generator once, instead of with flags. Paths are relative to the config file. */
export interface StorageConfig {
  /** The spec. */
  readonly schema?: string;
  /** The folder to generate into. */
  readonly out?: string;
  /**
   * The backends to generate beside the in-memory one: their ids, folders with backends of your own, or `all`. Unless given,
   * none for a plain folder, and all for npm packages.
   */
  readonly backends?: readonly string[];
}

/** Declares a config. The default export of `storage-codegen.config.ts`. */
export function defineConfig(config: StorageConfig): StorageConfig {
  return config;
}
