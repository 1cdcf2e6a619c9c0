import type { Transformer } from "@gati-framework/storage";
import { handlerName, versionName } from "./manifests.js";

/** Each handler's transformers lead from one version to the next, so that each version pair has one. */
const PAIRS_PER_HANDLER = 10;

function transformer(index: number): Transformer {
  const handler = Math.floor(index / PAIRS_PER_HANDLER);
  const version = index % PAIRS_PER_HANDLER;
  return {
    id: `transformer-${index}`,
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

export function transformers(count: number): Transformer[] {
  return Array.from({ length: count }, (_, index) => transformer(index));
}
