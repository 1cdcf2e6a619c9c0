import type { HandlerManifest, StorageContract, Transformer } from "@gati-framework/storage";
import { handlerName, manifest, versionName } from "../data/manifests.js";
import { transformer, transformerId } from "../data/transformers.js";

/** Of each handler; and one transformer from each of them to the next. */
export const VERSIONS = 100;

/** What is loaded by the hundred thousand. */
export type Kind = "manifest" | "transformer";

/** Chooses documents, by their index. */
export interface Choice {
  /** One that is held. */
  held(kind: Kind): number;
  /** One that is not held yet, and is from now on. */
  next(kind: Kind): number;
}

interface Operation<Item> {
  /** Makes, ahead of the measured time, what one call needs, and little else: garbage would be collected while somebody is measured. */
  draw(choice: Choice): Item;
  run(storage: StorageContract, item: Item): unknown;
  /** How many documents an answer holds. */
  readonly documents: number;
}

export const nthManifest = (index: number): HandlerManifest =>
  manifest(Math.floor(index / VERSIONS), index % VERSIONS);
export const nthTransformer = (index: number): Transformer => transformer(index, VERSIONS);

const handlerAt = (index: number): string => handlerName(Math.floor(index / VERSIONS));
const heldManifest = (choice: Choice) => nthManifest(choice.held("manifest"));
const heldHandler = (choice: Choice) => handlerAt(choice.held("manifest"));

const operation = <Item>(given: Operation<Item>): Operation<Item> => given;

/** Everything that is measured of manifests and transformers, by its name in the report. */
export const OPERATIONS = {
  "get by version": operation({
    draw(choice) {
      const index = choice.held("manifest");
      return [handlerAt(index), versionName(index % VERSIONS)] as const;
    },
    run: (storage, [id, version]) => storage.getManifest(id, version),
    documents: 1,
  }),
  "get by version, a miss": operation({
    draw: (choice) => [heldHandler(choice), `none-${choice.held("manifest")}`] as const,
    run: (storage, [id, version]) => storage.getManifest(id, version),
    documents: 0,
  }),
  "latest of 100 versions": operation({
    draw: heldHandler,
    run: (storage, id) => storage.getManifest(id),
    documents: 1,
  }),
  "list of 100 versions": operation({
    draw: heldHandler,
    run: (storage, id) => storage.getAllManifestVersions(id),
    documents: VERSIONS,
  }),
  "get transformer": operation({
    draw: (choice) => transformerId(choice.held("transformer")),
    run: (storage, id) => storage.getTransformer(id),
    documents: 1,
  }),
  "transformers of a version pair": operation({
    draw(choice) {
      const index = choice.held("transformer");
      const version = index % VERSIONS;
      return [handlerAt(index), versionName(version), versionName(version + 1)] as const;
    },
    run: (storage, [id, from, to]) => storage.getTransformersForVersions(id, from, to),
    documents: 1,
  }),
  getStats: operation({
    draw: () => undefined,
    run: (storage) => storage.getStats(),
    documents: 1,
  }),
  "store a new manifest": operation({
    draw: (choice) => nthManifest(choice.next("manifest")),
    run: (storage, document) => storage.storeManifest(document),
    documents: 0,
  }),
  "store a manifest again": operation({
    draw: heldManifest,
    run: (storage, document) => storage.storeManifest(document),
    documents: 0,
  }),
  "store a new transformer": operation({
    draw: (choice) => nthTransformer(choice.next("transformer")),
    run: (storage, document) => storage.storeTransformer(document),
    documents: 0,
  }),
  "store a transformer again": operation({
    draw: (choice) => nthTransformer(choice.held("transformer")),
    run: (storage, document) => storage.storeTransformer(document),
    documents: 0,
  }),
  "1,000 manifests again, at once": operation({
    draw: (choice) => Array.from({ length: 1000 }, () => heldManifest(choice)),
    run: async (storage, documents) => {
      await Promise.all(documents.map((document) => storage.storeManifest(document)));
    },
    documents: 0,
  }),
};

export type OperationName = keyof typeof OPERATIONS;
