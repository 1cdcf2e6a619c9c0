import { makeHolder } from "./holder.js";
import type { Request, Reply } from "./process.js";

/** The process of one holder: answers its parent's requests, one after the other, until it is told to close. */
const send = (reply: Reply): void => void process.send?.(reply);
const holder = makeHolder((loaded) => send({ loaded }));

process.on("message", (message) => {
  void answer(message as Request);
});

// Its parent has ended, and nobody asks any more.
process.on("disconnect", () => process.exit());

async function answer({ method, args }: Request): Promise<void> {
  try {
    const call = holder[method] as (...args: readonly unknown[]) => Promise<unknown>;
    send({ result: await call(...args) });
    if (method === "close") process.disconnect();
  } catch (error) {
    send({ error: String(error) });
  }
}
