import type { HostModule } from "./module.js";

/** The part of a host's global context that a storage is registered with; Gati's `GlobalContext` is one. */
export interface HostContext {
  readonly modules: Record<string, unknown>;
  readonly lifecycle: {
    onHealthCheck(
      name: string,
      check: () => Promise<{ status: "pass" | "fail" | "warn"; message?: string }>,
    ): void;
    onShutdown(name: string, task: () => Promise<void>): void;
  };
}

/**
 * Puts a storage on a host: its `exports` under its name in `modules`, its health among the host's checks, its shutdown
 * among the host's. Returns the module.
 *
 * @example
 * ```ts
 * const module = registerStorage(gctx, createInMemoryStorage());
 * gctx.modules['storage'] === module.exports; // true
 * ```
 */
export function registerStorage<Contract, Stats>(
  host: HostContext,
  module: HostModule<Contract, Stats>,
): HostModule<Contract, Stats> {
  host.modules[module.name] = module.exports;
  host.lifecycle.onHealthCheck(module.name, async () =>
    (await module.healthCheck())
      ? { status: "pass" }
      : { status: "fail", message: `${module.description} does not answer` },
  );
  host.lifecycle.onShutdown(module.name, () => module.shutdown());
  return module;
}
