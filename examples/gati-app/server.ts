/** Serves the application until SIGTERM: `node server.js BACKEND`. Keeps its files in the working directory. */
import { shutdownGlobalContext } from "@gati-framework/runtime";
import { knownBackends, loadConfig } from "./config.js";
import { listen } from "./listen.js";

const [backend] = process.argv.slice(2);
if (backend === undefined) throw new Error(`Name a backend: ${knownBackends().join(" or ")}.`);

const { app, url } = await listen(await loadConfig(backend));

let stopping: Promise<void> | undefined;

/** Stops once, however many of the occasions below arrive. */
function stop(): void {
  stopping ??= close();
}

async function close(): Promise<void> {
  await app.close();
  await shutdownGlobalContext(app.getGlobalContext());
  // Gati's deadlines for shutdown hooks and handlers leave timers behind, which would keep the process for half a minute.
  process.exit(0);
}

process.once("SIGTERM", stop);
process.once("SIGINT", stop);
// Whoever started it as a child is gone.
process.once("disconnect", stop);

process.send?.({ url });
console.log(`Listening on ${url}`);
