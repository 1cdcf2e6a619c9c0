import { registerCases } from "@gati-framework/storage-kit/testing";
import { describe, it } from "vitest";

import { foreignBackend } from "../backends.js";
import { foreignTesting } from "../generated.js";
import { FOREIGN_SPECS } from "../specs.js";

/** Every case of every foreign spec, on one backend. */
export async function registerForeign(backend: string): Promise<void> {
  for (const spec of FOREIGN_SPECS) {
    // oxlint-disable-next-line no-await-in-loop -- in the order of the specs
    const [testing, initializer] = await Promise.all([foreignTesting(spec), foreignBackend(spec, backend)]);
    registerCases({ describe, it }, spec, testing.conformance(initializer));
  }
}
