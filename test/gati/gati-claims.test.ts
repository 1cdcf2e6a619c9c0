/**
 * What code written for Gati's in-memory store relies on. Gati's own store is held to the same claims first, so that none of
 * them is ours alone; then ours take its place, behind Gati's own manifest store.
 */
import { type StorageContract, createInMemoryStorage, createManifestStore } from "@gati-framework/runtime";
import { beforeEach, describe } from "vitest";
import { backends, useStorage } from "./backends.js";
import { claimArbitraryContent } from "./claims/arbitrary-content.js";
import { claimHandlerManifests } from "./claims/handler-manifests.js";
import { claimOtherKinds } from "./claims/other-kinds.js";
import { claimWholeStore } from "./claims/whole-store.js";

describe("Gati's own in-memory store", () => {
  let storage: StorageContract;
  beforeEach(() => {
    storage = createInMemoryStorage();
  });
  claim(() => storage);
});

describe.each(backends)("$name in the place of Gati's own", (backend) => {
  const fixture = useStorage(backend);
  claim(() => fixture.module.exports);
});

function claim(storage: () => StorageContract): void {
  const newest = () => createManifestStore(storage());
  claimHandlerManifests(newest);
  claimOtherKinds(newest);
  claimWholeStore(newest);
  claimArbitraryContent(newest);
}
