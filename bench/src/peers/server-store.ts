import type { HandlerManifest } from "@gati-framework/storage";

/** What the suites about servers ask of whoever stands in them. */
export interface ServerStore {
  getManifest(id: string, version: string): Promise<HandlerManifest | undefined>;
  storeManifest(manifest: HandlerManifest): Promise<void>;
}

export const parse = (row: { readonly data: string } | undefined): HandlerManifest | undefined =>
  row === undefined ? undefined : (JSON.parse(row.data) as HandlerManifest);
