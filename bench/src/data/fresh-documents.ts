import type { HandlerManifest } from "@gati-framework/storage";
import { manifest } from "./manifests.js";

const VERSIONS = 100;

/** Makes the documents of a sample ahead of it, so that only storing them is measured. Every one is new; `first` are left out. */
export function freshDocuments(perSample: number, first = 0) {
  let ready: readonly HandlerManifest[] = [];
  let made = first;
  return {
    before(): void {
      ready = Array.from({ length: perSample }, () => {
        const index = made++;
        return manifest(Math.floor(index / VERSIONS), index % VERSIONS);
      });
    },
    at: (call: number): HandlerManifest => ready[call % perSample] as HandlerManifest,
    all: (): readonly HandlerManifest[] => ready,
  };
}
