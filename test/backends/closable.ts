/** As much of a module as an initializer needs, whatever its schema. */
export interface Closable {
  shutdown(): Promise<void>;
}
