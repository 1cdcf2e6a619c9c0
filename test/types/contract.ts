/** Checked by the compiler alone: our contract and Gati's are each other's. */
import type * as gati from "@gati-framework/runtime";
import type { Module } from "@gati-framework/runtime/types/module";
import type {
  ManifestStore,
  StorageContract,
  StorageModule,
  StorageStats,
  createManifestStore,
  registerStorage,
} from "@gati-framework/storage";
import type { createBetterSqliteStorage } from "@gati-framework/storage-better-sqlite3";

/** A compile error unless every `From` is a `To`. */
type Assignable<To, From extends To> = [To, From];

/** Every line has to compile. */
export type Proofs = [
  Assignable<gati.StorageContract, StorageContract>,
  Assignable<StorageContract, gati.StorageContract>,
  Assignable<gati.StorageStats, StorageStats>,
  Assignable<StorageStats, gati.StorageStats>,
  Assignable<gati.ManifestStore, ManifestStore>,
  Assignable<ManifestStore, gati.ManifestStore>,
  Assignable<Module<StorageContract>, StorageModule>,
  Assignable<Module<gati.StorageContract>, StorageModule>,
  Assignable<StorageModule, ReturnType<typeof createBetterSqliteStorage>>,
  Assignable<Parameters<typeof gati.createManifestStore>[0], StorageContract>,
  Assignable<Parameters<typeof registerStorage>[0], gati.GlobalContext>,
  Assignable<Parameters<typeof createManifestStore>[0], gati.GlobalContext>,
  Assignable<Parameters<typeof createManifestStore>[0], gati.StorageContract>,
  Assignable<Parameters<typeof createManifestStore>[0], StorageModule>,
  Assignable<Parameters<typeof createManifestStore>[0], undefined>,
];

/** What a method takes and returns; compared as such, for as methods they are compared leniently. */
type Signature<Method> = Method extends (...args: infer Args) => infer Result ? [Args, Result] : never;

type Same<A, B> = [A, B] extends [B, A] ? true : false;

/** Names of the methods that do not take and return the same; `never` when there are none. */
type Differences<A, B> = {
  [Name in keyof A & keyof B]: Same<Signature<A[Name]>, Signature<B[Name]>> extends true ? never : Name;
}[keyof A & keyof B];

/** The same methods with the same signatures: nothing is missing, nothing was added, nothing is narrower. */
export type StrictProofs = [
  Assignable<never, Differences<gati.StorageContract, StorageContract>>,
  Assignable<keyof gati.StorageContract, keyof StorageContract>,
  Assignable<keyof StorageContract, keyof gati.StorageContract>,
  Assignable<keyof gati.StorageStats, keyof StorageStats>,
  Assignable<keyof StorageStats, keyof gati.StorageStats>,
];

interface Narrowed extends Omit<StorageContract, "getGType"> {
  getGType(ref: "PlaceOrder"): ReturnType<StorageContract["getGType"]>;
}

/** Leniently compared, a narrower parameter goes unnoticed. */
export type Lenient = Assignable<StorageContract, Narrowed>;

/** The proofs can fail. */
export type Refutations = [
  // @ts-expect-error -- a method less
  Assignable<StorageContract, Omit<gati.StorageContract, "clear">>,
  // @ts-expect-error -- a narrower parameter
  Assignable<never, Differences<StorageContract, Narrowed>>,
  // @ts-expect-error -- a count less
  Assignable<StorageStats, Omit<gati.StorageStats, "gtypeCount">>,
  // @ts-expect-error -- an asynchronous getStats
  Assignable<StorageContract, Omit<StorageContract, "getStats"> & { getStats(): Promise<StorageStats> }>,
  // @ts-expect-error -- a module without its exports
  Assignable<Module<StorageContract>, Omit<StorageModule, "exports">>,
  // @ts-expect-error -- anything at all as a source
  Assignable<Parameters<typeof createManifestStore>[0], { filename: string }>,
  // @ts-expect-error -- a context without a lifecycle
  Assignable<Parameters<typeof registerStorage>[0], { modules: Record<string, unknown> }>,
];
