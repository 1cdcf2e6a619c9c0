/**
 * What code written for Gati's in-memory store relies on. Gati's own store is held to the same claims first, so that none of
 * them is ours alone; then ours take its place, behind Gati's own manifest store.
 */
import { type StorageContract, createInMemoryStorage, createManifestStore } from "@gati-framework/runtime";
import { afterEach, beforeEach, describe } from "vitest";
import { chosenBackends } from "../backends/index.js";
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

describe.each(chosenBackends())("$name in the place of Gati's own", (backend) => {
  let created: Awaited<ReturnType<typeof backend.create>>;
  beforeEach(async () => {
    created = await backend.create();
    // Stats are asked for at once, which a storage that opens asynchronously cannot answer before it has (S10).
    await created.module.init();
  });
  afterEach(() => created.destroy());
  claim(() => created.module.exports);
});

function claim(storage: () => StorageContract): void {
  const newest = () => createManifestStore(storage());
  claimHandlerManifests(newest);
  claimOtherKinds(newest);
  claimWholeStore(newest);
  claimArbitraryContent(newest);
}
