import { type GatiApp, createApp } from "@gati-framework/runtime";
import { createManifestStore } from "@gati-framework/storage";
import type { GatiConfig } from "./config.js";
import { addRoutes } from "./routes.js";

/** The application: Gati, the storage that `config` chooses, and routes that answer from it. */
export function buildApp(config: GatiConfig, port: number): GatiApp {
  const app = createApp({ host: config.server.host, port, logging: false });
  const gctx = app.getGlobalContext();
  config.modules(gctx);
  addRoutes(app, createManifestStore(gctx));
  return app;
}
