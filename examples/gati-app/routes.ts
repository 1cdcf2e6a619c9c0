import { type GatiApp, type Handler, HandlerError } from "@gati-framework/runtime";
import { type ManifestStore, StorageError } from "@gati-framework/storage";
import * as catalogue from "./catalogue.js";

type Params = Parameters<Handler>[0]["params"];

/** Answers over HTTP from `store`. */
export function addRoutes(app: GatiApp, store: ManifestStore): void {
  app.post("/register", async (_request, response) => {
    await register(store);
    response.status(201).json(store.getStats());
  });

  const answer = (path: string, find: (params: Params) => unknown) => app.get(path, answering(find));
  answer("/handlers/:id", ({ id = "" }) => store.getManifest(id));
  answer("/handlers/:id/versions", ({ id = "" }) => store.getAllManifestVersions(id));
  answer("/handlers/:id/versions/:version", ({ id = "", version = "" }) => store.getManifest(id, version));
  answer("/handlers/:id/versions/:version/timescape", ({ id = "", version = "" }) =>
    store.getTimescapeMetadata(id, version),
  );
  answer("/handlers/:id/transformers/:from/:to", ({ id = "", from = "", to = "" }) =>
    store.getTransformersForVersions(id, from, to),
  );
  answer("/handlers/:id/hooks", ({ id = "" }) => store.getHookManifest(id));
  answer("/handlers/:id/graph", ({ id = "" }) => store.getVersionGraph(id));
  answer("/gtypes/:ref", ({ ref = "" }) => store.getGType(ref));
  answer("/stats", () => store.getStats());

  app.get("/health", async (_request, response, gctx) => {
    const { status, checks } = await gctx.lifecycle.executeHealthChecks();
    response.status(status === "unhealthy" ? 503 : 200).json({ status, checks });
  });
}

/** Writes that are called together are committed together: one transaction, one wait for the disk. */
async function register(store: ManifestStore): Promise<void> {
  await Promise.all([
    ...catalogue.manifests.map((manifest) => store.storeManifest(manifest)),
    ...catalogue.gtypes.map((gtype) => store.storeGType(gtype)),
    store.storeHookManifest(catalogue.hooks),
    store.storeTransformer(catalogue.transformer),
    store.storeVersionGraph(catalogue.graph),
    store.storeTimescapeMetadata(catalogue.timescape),
  ]);
}

/** What `find` finds as JSON; 404 for a miss, 503 when the storage cannot answer. */
function answering(find: (params: Params) => unknown): Handler {
  return async (request, response) => {
    const found = await Promise.resolve(find(request.params)).catch(refuse);
    if (found === undefined || found === null) response.status(404).json({ error: "Not Found" });
    else response.json(found);
  };
}

function refuse(error: unknown): never {
  if (StorageError.is(error)) throw new HandlerError(`${error.code}: ${error.message}`, 503);
  throw error;
}
