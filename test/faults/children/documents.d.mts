import type { StorageContract } from "@gati-framework/storage";

export declare const KINDS: readonly string[];
export declare function documentOf(kind: string, id: number, revision: number): Record<string, unknown>;
export declare function store(
  storage: StorageContract,
  kind: string,
  id: number,
  revision: number,
): Promise<void>;
export declare function read(
  storage: StorageContract,
  kind: string,
  id: number,
): Promise<Record<string, unknown> | undefined>;
