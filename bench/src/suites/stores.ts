import type { HandlerManifest } from "@gati-framework/storage";
import { freshDocuments } from "../data/fresh-documents.js";
import type { Contender } from "../measure/contender.js";

interface Writer {
  storeManifest(manifest: HandlerManifest): Promise<void>;
}

/** Stores something new at each call. `held` documents are there already. */
export function oneByOne(name: string, store: Writer, calls: number, held = 0): Contender {
  const documents = freshDocuments(calls, held);
  return { name, before: documents.before, run: (call) => store.storeManifest(documents.at(call)) };
}

/** Hands `many` new documents over at each call. */
export function storesAtOnce(
  name: string,
  many: number,
  calls: number,
  store: (documents: readonly HandlerManifest[]) => Promise<void>,
): Contender {
  const documents = freshDocuments(calls * many);
  return {
    name,
    before: documents.before,
    run(call) {
      const start = (call % calls) * many;
      return store(documents.all().slice(start, start + many));
    },
  };
}

/** Stores them without awaiting in between. */
export async function storeEach(store: Writer, documents: readonly HandlerManifest[]): Promise<void> {
  await Promise.all(documents.map((document) => store.storeManifest(document)));
}
