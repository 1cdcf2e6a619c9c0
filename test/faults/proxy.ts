import { once } from "node:events";
import net from "node:net";

/** What the proxy does to a connection. */
export type ProxyMode = "forward" | "silence" | "delay" | "trickle" | "reset";

/** A TCP proxy in front of a server, which can be made as bad a network as is needed. */
export interface Proxy {
  readonly port: number;
  /** `silence` takes everything and forwards nothing; `delay` is 50 ms each way; `trickle` is one byte a packet; `reset` ends all. */
  mode: ProxyMode;
  /** How often the client has sent something after an answer, or first: round trips. */
  readonly roundTrips: number;
  /** The next answers of the server, so many, are swallowed, and their connections ended. */
  loseReplies(count: number): void;
  close(): Promise<void>;
}

export async function startProxy(target: string): Promise<Proxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<net.Socket>();
  let repliesToLose = 0;
  const state = { mode: "forward" as ProxyMode, roundTrips: 0 };

  const forward = (from: net.Socket, to: net.Socket): ((data: Buffer) => void) => {
    // Bytes stay in order, whatever the mode.
    let last = Promise.resolve();
    return (data) => {
      if (state.mode === "silence") return;
      last = last.then(() => pass(data, from, to));
    };
  };
  const pass = async (data: Buffer, from: net.Socket, to: net.Socket): Promise<void> => {
    if (state.mode === "reset") {
      from.destroy();
      to.destroy();
    } else if (state.mode === "trickle") {
      for (const byte of data) {
        to.write(Buffer.of(byte));
        await new Promise((resolve) => setImmediate(resolve));
      }
    } else {
      if (state.mode === "delay") await new Promise((resolve) => setTimeout(resolve, 50));
      to.write(data);
    }
  };

  const server = net.createServer((client) => {
    const upstream = net.connect(Number(port), hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => {});
    }
    client.on("close", () => upstream.destroy());
    upstream.on("close", () => (state.mode === "silence" ? undefined : client.destroy()));
    let answered = true;
    const toServer = forward(client, upstream);
    const toClient = forward(upstream, client);
    client.on("data", (data: Buffer) => {
      if (answered) state.roundTrips++;
      answered = false;
      toServer(data);
    });
    upstream.on("data", (data: Buffer) => {
      answered = true;
      if (repliesToLose > 0) {
        repliesToLose--;
        client.destroy();
        return;
      }
      toClient(data);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    port: (server.address() as net.AddressInfo).port,
    get mode() {
      return state.mode;
    },
    set mode(mode) {
      state.mode = mode;
      if (mode === "reset") for (const socket of sockets) socket.resetAndDestroy();
    },
    get roundTrips() {
      return state.roundTrips;
    },
    loseReplies(count) {
      repliesToLose = count;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
