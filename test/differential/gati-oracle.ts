import { createInMemoryStorage } from "@gati-framework/runtime";
import type { HandlerManifest, StorageContract, TimescapeMetadata } from "@gati-framework/storage";
import { cloneDocument } from "@gati-framework/storage-kit";
import type { ComparedStorage } from "@gati-framework/storage-testing";

/**
 * Where Gati 2.0.8's own in-memory store is known to break a rule, and what is done about it so that every other answer can be
 * compared as it is. Nothing is excepted that is not named here.
 */
export const GATI_EXCEPTIONS = {
  "own objects": "S5: it hands out the objects that it holds; they are copied on their way in and out.",
  "joined keys":
    "S2: it joins Timescape keys with a colon; colons inside the parts are escaped before it sees them.",
  "no order of NaN":
    "S6: it subtracts `createdAt`, and `NaN`, an absent value or two infinities have no difference; it is given finite numbers " +
    "in the same order.",
  "order of stats":
    "None: it names the counts in an order of its own, which no rule asks for; ours is the spec's.",
  "no checks":
    "S1 and S4: it refuses nothing; only calls that are valid are compared with it. Refusals are compared between our backends.",
} as const;

type Original<Document> = Document & { readonly original: Document };

/** Gati's own in-memory store, corrected for {@link GATI_EXCEPTIONS} and for nothing else. */
export const gatiOracle: ComparedStorage = {
  name: "Gati's in-memory store",
  async create() {
    const contract = copying(uncolliding(orderable(inSpecOrder(createInMemoryStorage()))));
    return { module: { exports: contract, init: async () => undefined }, destroy: async () => undefined };
  },
};

/** "own objects": every document is copied, whatever the method. */
function copying(storage: StorageContract): StorageContract {
  return new Proxy(storage, {
    get(target, name) {
      const method = Reflect.get(target, name) as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => {
        const answer = method.apply(target, args.map(copy));
        return answer instanceof Promise ? answer.then(copy) : answer;
      };
    },
  });
}

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  return typeof value === "object" && value !== null ? cloneDocument(value) : value;
}

/** "joined keys": no part holds a colon, and no two parts become one. */
function uncolliding(storage: StorageContract): StorageContract {
  return override(storage, {
    storeTimescapeMetadata: (metadata) => {
      const stored: Original<TimescapeMetadata> = {
        ...metadata,
        handlerId: escape(metadata.handlerId),
        version: escape(metadata.version),
        original: metadata,
      };
      return storage.storeTimescapeMetadata(stored);
    },
    getTimescapeMetadata: async (handlerId, version) =>
      originalOf(await storage.getTimescapeMetadata(escape(handlerId), escape(version))),
  });
}

function escape(part: string): string {
  return part.replaceAll("%", "%25").replaceAll(":", "%3A");
}

/** "no order of NaN": what is absent comes first, and infinities are large finite numbers. */
function orderable(storage: StorageContract): StorageContract {
  return override(storage, {
    storeManifest: (manifest) => {
      const stored: Original<HandlerManifest> = {
        ...manifest,
        createdAt: finite(manifest.createdAt),
        original: manifest,
      };
      return storage.storeManifest(stored);
    },
    getManifest: async (id, version) => originalOf(await storage.getManifest(id, version)),
    getAllManifestVersions: async (id) =>
      (await storage.getAllManifestVersions(id)).flatMap((manifest) => originalOf(manifest) ?? []),
  });
}

/** Keeps the order of what the arbitraries draw, which lies within ±1e300. */
function finite(createdAt: number | undefined): number {
  if (createdAt === undefined || Number.isNaN(createdAt)) return -3e300;
  return Math.max(-2e300, Math.min(2e300, createdAt));
}

/** "order of stats": the same counts, named in the order of the spec. */
function inSpecOrder(storage: StorageContract): StorageContract {
  return override(storage, {
    getStats: () => {
      const { manifestCount, hookManifestCount, gtypeCount, transformerCount, ...rest } = storage.getStats();
      const { versionGraphCount, timescapeMetadataCount, ...unknown } = rest;
      return {
        manifestCount,
        hookManifestCount,
        gtypeCount,
        transformerCount,
        versionGraphCount,
        timescapeMetadataCount,
        ...unknown,
      };
    },
  });
}

function originalOf<Document>(document: Document | undefined): Document | undefined {
  return (document as Original<Document> | undefined)?.original;
}

function override(storage: StorageContract, methods: Partial<StorageContract>): StorageContract {
  return new Proxy(storage, {
    get(target, name) {
      const own = Reflect.get(methods, name) as unknown;
      if (own !== undefined) return own;
      return (Reflect.get(target, name) as (...args: unknown[]) => unknown).bind(target);
    },
  });
}
