import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { type GatiApp, shutdownGlobalContext } from "@gati-framework/runtime";
import { buildApp } from "./app.js";
import type { GatiConfig } from "./config.js";

const ATTEMPTS = 10;

/** An application that listens, and where. */
export interface Listening {
  readonly app: GatiApp;
  readonly url: string;
}

/**
 * Starts the application on a free port. Gati takes port 0 for its default, 3000, so a free one is looked for first; when
 * somebody else takes it in between, the next one is tried, with a new application, for one that failed cannot listen again.
 */
export async function listen(config: GatiConfig): Promise<Listening> {
  const { host } = config.server;
  for (let attempt = 1; ; attempt++) {
    // oxlint-disable-next-line no-await-in-loop -- an attempt follows the failure of the one before
    const port = await freePort(host);
    const app = buildApp(config, port);
    try {
      // oxlint-disable-next-line no-await-in-loop
      await app.listen();
      return { app, url: `http://${host}:${port}` };
    } catch (error) {
      // oxlint-disable-next-line no-await-in-loop
      await shutdownGlobalContext(app.getGlobalContext());
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE" || attempt === ATTEMPTS) throw error;
    }
  }
}

async function freePort(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
