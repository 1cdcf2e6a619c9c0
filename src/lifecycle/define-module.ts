import type { StorageError } from "../errors.js";
import { Gate } from "./gate.js";
import type { BackendLifecycle, HostModule, StorageCapabilities } from "./module.js";

/** Milliseconds after which a database that has not answered a health check is held to be ill. */
const HEALTH_TIMEOUT = 5_000;

/** What a factory says of the storage it makes. */
export interface ModuleDefinition<Stats, Backend extends BackendLifecycle<Stats>> {
  /** The backend's name in errors, such as `better-sqlite3`. */
  readonly backend: string;
  readonly description: string;
  readonly capabilities: StorageCapabilities;
  /** Opens the backend; may answer at once or later. Called again after a failure, and by `init()` after a shutdown. */
  open(): Backend | Promise<Backend>;
  /** What an error of the driver means; undefined for one it does not know, which becomes `INTERNAL` (rule S13). */
  mapError?(error: unknown): StorageError | undefined;
}

/** Makes the module that a factory returns; `contract` makes its `exports`, every call of which passes the gate. */
export function defineModule<Contract, Stats, Backend extends BackendLifecycle<Stats>>(
  identity: { readonly name: string; readonly version: string },
  definition: ModuleDefinition<Stats, Backend>,
  contract: (gate: Gate<Backend>) => Contract,
): HostModule<Contract, Stats> {
  const gate = new Gate<Backend>(definition.backend, () => definition.open(), definition.mapError);
  return {
    name: identity.name,
    version: identity.version,
    description: definition.description,
    exports: contract(gate),
    capabilities: definition.capabilities,
    init: () => gate.init(),
    shutdown: () => gate.shutdown(),
    healthCheck: () => answersInTime(async () => gate.run((backend) => backend.check())),
    flush: async () => gate.run((backend) => backend.flush()),
    refreshStats: async () => gate.run((backend) => backend.refreshStats()),
  };
}

async function answersInTime(check: () => Promise<void>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, HEALTH_TIMEOUT, false);
    // Waiting for a health check is no reason to keep a process alive (rule S11). Browsers' timers have no unref.
    if (typeof timer === "object") timer.unref();
  });
  const answer = check().then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([answer, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
