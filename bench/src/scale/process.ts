import { type ChildProcess, fork } from "node:child_process";
import os from "node:os";
import { fileURLToPath } from "node:url";
import type { Holder } from "./holder.js";

/** What a parent asks of its child. */
export interface Request {
  readonly method: keyof Holder;
  readonly args: readonly unknown[];
}

/** What the child says: one result or error for each request, and meanwhile how many documents it has loaded. */
export type Reply = { readonly result: unknown } | { readonly error: string } | { readonly loaded: number };

const CHILD = fileURLToPath(new URL("./child.js", import.meta.url));
const MEGABYTE = 1024 * 1024;

/** A {@link Holder} in a process of its own. One request at a time. */
export class HolderProcess implements Holder {
  readonly #child: ChildProcess;
  readonly #loaded: (documents: number) => void;

  constructor(loaded: (documents: number) => void) {
    this.#loaded = loaded;
    // A heap of its own, so that what it weighs is the storage; as large as the machine allows.
    const heap = Math.floor((os.totalmem() * 0.8) / MEGABYTE);
    this.#child = fork(CHILD, { execArgv: ["--expose-gc", `--max-old-space-size=${heap}`] });
  }

  open = (...args: Parameters<Holder["open"]>) => this.#ask("open", args);
  load = (...args: Parameters<Holder["load"]>) => this.#ask("load", args);
  weigh = () => this.#ask("weigh", []);
  reopen = () => this.#ask("reopen", []);
  sample = (...args: Parameters<Holder["sample"]>) => this.#ask("sample", args);
  close = () => this.#ask("close", []);

  #ask<Method extends keyof Holder>(method: Method, args: readonly unknown[]): ReturnType<Holder[Method]> {
    const child = this.#child;
    const asked = new Promise((resolve, reject) => {
      const ended = (code: number | null, signal: string | null) => {
        child.off("message", heard);
        reject(new Error(`its process ended with ${signal ?? code}, in ${method}(${args.join(", ")})`));
      };
      const heard = (reply: Reply) => {
        if ("loaded" in reply) return this.#loaded(reply.loaded);
        child.off("message", heard);
        child.off("exit", ended);
        if ("error" in reply) reject(new Error(reply.error));
        else resolve(reply.result);
      };
      child.on("message", heard);
      if (child.exitCode !== null || child.signalCode !== null) ended(child.exitCode, child.signalCode);
      else child.once("exit", ended).send({ method, args } satisfies Request);
    });
    return asked as ReturnType<Holder[Method]>;
  }
}
