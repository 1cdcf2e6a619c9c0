import type { Transformer } from "@gati-framework/storage";
import { handlerName, versionName } from "./manifests.js";

export const transformerId = (index: number): string => `transformer-${index}`;

/** Each handler's transformers lead from one version to the next, so that each version pair has one. A new object at each call. */
export function transformer(index: number, pairsPerHandler: number): Transformer {
  const handler = Math.floor(index / pairsPerHandler);
  const version = index % pairsPerHandler;
  return {
    id: transformerId(index),
    handlerId: handlerName(handler),
    fromVersion: versionName(version),
    toVersion: versionName(version + 1),
    direction: "forward",
    transformations: [
      { path: "user.email", type: "rename", details: { to: "user.mail" } },
      { path: "items[].price", type: "transform", details: { by: "toCents" } },
    ],
    hash: `hash-${index}`,
    createdAt: index,
  };
}

const PAIRS_PER_HANDLER = 10;

export function transformers(count: number): Transformer[] {
  return Array.from({ length: count }, (_, index) => transformer(index, PAIRS_PER_HANDLER));
}
