import { createHash } from "node:crypto";
import type { HandlerManifest } from "@gati-framework/storage";

const START = Date.UTC(2025, 0, 1);
const HOUR = 3_600_000;

export const handlerName = (handler: number): string => `orders.create.${String(handler).padStart(4, "0")}`;

export const versionName = (version: number): string => `${Math.floor(version / 100) + 1}.${version % 100}.0`;

/** One manifest, of about 450 bytes as JSON. Later versions are created later. A new object at each call. */
export function manifest(handler: number, version: number): HandlerManifest {
  const handlerId = handlerName(handler);
  return {
    handlerId,
    version: versionName(version),
    path: `/api/orders/${handler}/:id`,
    method: "POST",
    gtypes: { request: "CreateOrderRequest", response: "OrderResponse" },
    hooks: { before: ["auth.verify", "tenant.resolve"], after: ["audit.write"] },
    timescapeVersion: `tsv:${START / 1000 + version}-orders-${version}`,
    policies: { roles: ["admin", "operator"], rateLimit: { limit: 100, window: 60_000 } },
    dependencies: { modules: ["database", "cache"] },
    hash: createHash("sha256").update(`${handler}/${version}`).digest("hex").slice(0, 40),
    createdAt: START + version * HOUR,
  };
}

/** `handlers` times `versions` manifests, handler after handler, versions ascending. */
export function manifests(handlers: number, versions: number): HandlerManifest[] {
  return Array.from({ length: handlers * versions }, (_, index) =>
    manifest(Math.floor(index / versions), index % versions),
  );
}
