import type { InstalledBackend } from "./backends.js";
import { type Outcome, succeeded } from "./project.js";

/** What a program below printed. */
export interface Report {
  /** What was read back, when all went well. */
  readonly read?: unknown;
  readonly code?: string;
  readonly outcome?: string;
  readonly hint?: string;
}

const GTYPE = `{ ref: "Order", kind: "object" }`;

/** An ES module that stores one document, reads it back, and prints it, or the error. */
export function plainProgram({ packageName, factory, options }: InstalledBackend): string {
  return `
    import { ${factory} } from "${packageName}";

    const storage = ${factory}(${options});
    try {
      await storage.exports.storeGType(${GTYPE});
      console.log(JSON.stringify({ read: await storage.exports.getGType("Order") }));
    } catch ({ code, outcome, hint }) {
      console.log(JSON.stringify({ code, outcome, hint }));
    } finally {
      await storage.shutdown();
    }
  `;
}

/** The same in TypeScript, with the types that a user would name. */
export function typedProgram({ packageName, factory, options }: InstalledBackend): string {
  return `
    import type { ManifestGType } from "@gati-framework/runtime";
    import type { StorageContract, StorageModule } from "@gati-framework/storage";
    import { StorageError } from "@gati-framework/storage-kit";
    import { ${factory} } from "${packageName}";

    const order: ManifestGType = ${GTYPE};
    const storage: StorageModule = ${factory}(${options});
    const contract: StorageContract = storage.exports;
    try {
      await contract.storeGType(order);
      const read: ManifestGType | undefined = await contract.getGType("Order");
      // @ts-expect-error -- the documents' types came along, and are none of \`any\`
      read?.amount;
      console.log(JSON.stringify({ read, count: contract.getStats().gtypeCount }));
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      console.log(JSON.stringify({ code: error.code, outcome: error.outcome, hint: error.hint }));
    } finally {
      await storage.shutdown();
    }
  `;
}

/** What a program said; fails when it failed. */
export function printed(outcome: Outcome): Report {
  return JSON.parse(succeeded(outcome)) as Report;
}
