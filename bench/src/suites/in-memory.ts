import { createInMemoryStorage, type HandlerManifest, type Transformer } from "@gati-framework/storage";
import { handlerName, manifests } from "../data/manifests.js";
import { picks } from "../data/picks.js";
import type { Random } from "../data/random.js";
import { transformers } from "../data/transformers.js";
import type { Case, Comparison, Contender, Suite } from "../measure/contender.js";
import { cloningGatiStore, GATI, GATI_CLONING, gatiStore } from "../peers/gati.js";

const SUBJECT = "@gati-framework/storage";

const ourStore = () => createInMemoryStorage().exports;

/** What every store of this suite can do. */
type Store = ReturnType<typeof cloningGatiStore>;

interface Rivals {
  readonly make: () => Store;
  readonly name: string;
  readonly atLeast?: number;
}

/** The suite `in-memory`; `random` draws what is read. */
export function inMemorySuite(random: Random): Suite {
  return {
    name: "in-memory",
    about: "createInMemoryStorage() beside Gati's own in-memory store",
    cases: [
      getByVersion(random),
      storeCase(),
      latest(1000, 10),
      latest(10_000),
      pair(10, random),
      pair(10_000, random, 20),
      list(100),
      latestItself(),
      pairItself(random),
    ],
  };
}

/** Fills a store of each kind alike, and runs one operation on each. */
async function compareStores(
  rivals: readonly Rivals[],
  fill: (store: Store) => Promise<void>,
  operation: (store: Store) => Contender["run"],
): Promise<Comparison> {
  const stand = async ({ make, name, atLeast }: Rivals) => {
    const store = make();
    await fill(store);
    return { name, run: operation(store), ...(atLeast === undefined ? {} : { atLeast }) };
  };
  return {
    subject: await stand({ make: ourStore, name: SUBJECT }),
    peers: await Promise.all(rivals.map(stand)),
  };
}

const byReference = (atLeast?: number): Rivals => rival(gatiStore, GATI, atLeast);
const cloning = (atLeast?: number): Rivals => rival(cloningGatiStore, GATI_CLONING, atLeast);

function rival(make: () => Store, name: string, atLeast: number | undefined): Rivals {
  return atLeast === undefined ? { make, name } : { make, name, atLeast };
}

async function storeAll(store: Store, documents: readonly HandlerManifest[]): Promise<void> {
  await Promise.all(documents.map((document) => store.storeManifest(document)));
}

async function storeTransformers(store: Store, documents: readonly Transformer[]): Promise<void> {
  await Promise.all(documents.map((document) => store.storeTransformer(document)));
}

function getByVersion(random: Random): Case {
  return {
    name: "get by version",
    prepare() {
      const documents = manifests(100, 100);
      const pick = picks(documents, random);
      return compareStores(
        [byReference(0.35), cloning(6)],
        (store) => storeAll(store, documents),
        (store) => (call) => store.getManifest(pick(call).handlerId, pick(call).version),
      );
    },
  };
}

function storeCase(): Case {
  const CALLS = 10_000;
  return {
    name: "store",
    prepare() {
      const documents = manifests(CALLS / 100, 100);
      const stand = ({ make, name, atLeast }: Rivals) => {
        let store = make();
        return {
          name,
          before() {
            store = make();
          },
          run: (call: number) => store.storeManifest(documents[call % CALLS] as HandlerManifest),
          ...(atLeast === undefined ? {} : { atLeast }),
        };
      };
      return {
        subject: stand({ make: ourStore, name: SUBJECT }),
        peers: [byReference(), cloning(4)].map(stand),
        calls: CALLS,
      };
    },
  };
}

function latest(versions: number, atLeast?: number): Case {
  const documents = () => manifests(1, versions);
  return {
    name: `latest of ${versions.toLocaleString("en")} versions`,
    prepare: () =>
      compareStores(
        [byReference(atLeast), cloning()],
        (store) => storeAll(store, documents()),
        (store) => () => store.getManifest(handlerName(0)),
      ),
  };
}

function pair(count: number, random: Random, atLeast?: number): Case {
  return {
    name: `version pair among ${count.toLocaleString("en")} transformers`,
    prepare() {
      const documents = transformers(count);
      return compareStores(
        [byReference(atLeast), cloning()],
        (store) => storeTransformers(store, documents),
        readPair(documents, random),
      );
    },
  };
}

function readPair(documents: readonly Transformer[], random: Random) {
  const pick = picks(documents, random);
  return (store: Store) => (call: number) => {
    const { handlerId, fromVersion, toVersion } = pick(call);
    return store.getTransformersForVersions(handlerId, fromVersion, toVersion);
  };
}

function list(versions: number): Case {
  return {
    name: `list of ${versions} versions`,
    prepare: () =>
      compareStores(
        [byReference(), cloning()],
        (store) => storeAll(store, manifests(1, versions)),
        (store) => () => store.getAllManifestVersions(handlerName(0)),
      ),
  };
}

/** No read may cost more for what else is stored: 1 is the aim, less is growth. */
const NO_GROWTH = 0.8;

function latestItself(): Case {
  return {
    name: "latest of 10,000 versions",
    prepare: async () => ({
      subject: { name: SUBJECT, run: await readLatest(10_000) },
      peers: [{ name: "itself, of 10 versions", run: await readLatest(10), atLeast: NO_GROWTH }],
      comparesAnswers: false,
    }),
  };
}

async function readLatest(versions: number): Promise<Contender["run"]> {
  const store = ourStore();
  await storeAll(store, manifests(1, versions));
  return () => store.getManifest(handlerName(0));
}

function pairItself(random: Random): Case {
  return {
    name: "version pair among 10,000 transformers",
    async prepare() {
      const few = transformers(10);
      const stand = async (count: number) => {
        const store = ourStore();
        await storeTransformers(store, transformers(count));
        // The same ten are read from both: strings that have been used before are found faster in any map.
        return readPair(few, random)(store);
      };
      return {
        subject: { name: SUBJECT, run: await stand(10_000) },
        peers: [{ name: "itself, among 10", run: await stand(10), atLeast: NO_GROWTH }],
        comparesAnswers: false,
      };
    },
  };
}
