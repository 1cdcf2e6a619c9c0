import type { StorageContract } from "@gati-framework/storage";

/** A document cast to whatever a store method takes; the tests write only what they compare. */
export function doc<T>(value: object): T {
  return value as T;
}

export const manifest = (
  handlerId: string,
  version = "1",
  createdAt = 1,
  extra: object = {},
): Parameters<StorageContract["storeManifest"]>[0] => doc({ handlerId, version, createdAt, ...extra });

export const gtype = (ref: string, extra: object = {}): Parameters<StorageContract["storeGType"]>[0] =>
  doc({ ref, kind: "object", ...extra });
