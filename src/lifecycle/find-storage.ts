import { StorageError } from "../errors.js";

/**
 * Finds a storage in what a caller holds: the storage itself, a module (its `exports`), or a host's global context (what is
 * registered under `name`). Undefined when there is none. A storage is told by its methods.
 *
 * @throws StorageError `INVALID_OPTION` when the source, or what is registered, is something else.
 */
export function findStorage<Contract>(
  source: unknown,
  name: string,
  methods: readonly string[],
): Contract | undefined {
  if (source === undefined || source === null) return undefined;
  const storage = storageIn(source, methods);
  if (storage !== undefined) return storage as Contract;

  const modules = member(source, "modules");
  if (typeof modules !== "object" || modules === null) {
    throw notAStorage(
      "The source is neither a storage, nor a module, nor a global context",
      name,
      source,
      methods,
    );
  }
  const registered = member(modules, name);
  if (registered === undefined || registered === null) return undefined;
  const found = storageIn(registered, methods);
  if (found === undefined) {
    throw notAStorage(`What is registered as modules['${name}'] is no storage`, name, registered, methods);
  }
  return found as Contract;
}

function storageIn(value: unknown, methods: readonly string[]): unknown {
  if (typeof member(value, "then") === "function") throw isRemote();
  if (hasMethods(value, methods)) return value;
  const exports = member(value, "exports");
  return hasMethods(exports, methods) ? exports : undefined;
}

/** Gati's `registerModule` wraps modules in a proxy that answers to every name, and sends results as JSON. */
function isRemote(): StorageError {
  return new StorageError("The storage is wrapped in a remote call: results of `undefined` would be errors", {
    code: "INVALID_OPTION",
    hint: "Register it with { enableRPC: false }, or with registerStorage(gctx, module).",
  });
}

function hasMethods(value: unknown, methods: readonly string[]): boolean {
  return methods.every((method) => typeof member(value, method) === "function");
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function notAStorage(
  message: string,
  name: string,
  value: unknown,
  methods: readonly string[],
): StorageError {
  const missing = methods.find((method) => typeof member(value, method) !== "function");
  return new StorageError(`${message}; it lacks \`${missing}\``, {
    code: "INVALID_OPTION",
    hint: `Register it with registerStorage(gctx, module), or as modules['${name}'] = module.exports.`,
  });
}
