import { createSqlJsStorage, type SqlJsStorageOptions } from "@gati-framework/storage-sqljs";
import type { HandlerManifest } from "@gati-framework/storage";
import { manifests } from "../data/manifests.js";
import { picks } from "../data/picks.js";
import type { Random } from "../data/random.js";
import type { Case, Contender, Peer, Suite } from "../measure/contender.js";
import { sqlJsDesignDocument } from "../peers/sqljs-design-document.js";
import { sqlJsHandWritten } from "../peers/sqljs-hand-written.js";
import { temporaryFolder } from "../peers/temporary-folder.js";
import { oneByOne, storeEach } from "./stores.js";

const SUBJECT = "@gati-framework/storage-sqljs";
const DESIGN_DOCUMENT = "the design document's code";

const FEW = 200;
const MANY = 20_000;

/** The suite `sqljs`; `random` draws what is read. */
export function sqlJsSuite(random: Random): Suite {
  return {
    name: "sqljs",
    about: "createSqlJsStorage() beside other ways to use sql.js",
    cases: [getByVersion(random), storeUnsaved(), storeSaved(FEW), storeSaved(MANY, 100), savedGrowth()],
  };
}

/** Ours, holding `rows`; with a file, all of them saved into it. */
async function openSubject(options: SqlJsStorageOptions, rows: readonly HandlerManifest[]) {
  const { exports: store, flush, shutdown } = createSqlJsStorage(options);
  await storeEach(store, rows);
  await flush();
  return { store, close: shutdown };
}

function getByVersion(random: Random): Case {
  return {
    name: "get by version, in memory",
    async prepare() {
      const rows = manifests(100, 100);
      const pick = picks(rows, random);
      const subject = await openSubject({}, rows);
      const byHand = await sqlJsHandWritten(rows);
      const designed = await sqlJsDesignDocument(rows);
      const read = (store: Pick<typeof byHand, "getManifest">) => (call: number) =>
        store.getManifest(pick(call).handlerId, pick(call).version);
      return {
        subject: { name: SUBJECT, run: read(subject.store) },
        peers: [
          { name: "hand-written", run: read(byHand), atLeast: 0.75 },
          { name: DESIGN_DOCUMENT, run: read(designed) },
        ],
        close: () => closeAll([subject, byHand, designed]),
      };
    },
  };
}

function storeUnsaved(): Case {
  const calls = 2000;
  return {
    name: "store one by one, in memory",
    async prepare() {
      const subject = await openSubject({}, []);
      const byHand = await sqlJsHandWritten([]);
      const designed = await sqlJsDesignDocument([]);
      return {
        subject: oneByOne(SUBJECT, subject.store, calls),
        peers: [
          { ...oneByOne("hand-written", byHand, calls), atLeast: 0.75 },
          oneByOne(DESIGN_DOCUMENT, designed, calls),
        ],
        calls,
        close: () => closeAll([subject, byHand, designed]),
      };
    },
  };
}

/** Rows that a sample adds must stay few beside those that are there. */
const SAVED_CALLS = 100;
/** The design document's way takes so long that a few stores fill a sample. */
const DESIGNED_CALLS = 5;

function storeSaved(rows: number, atLeast?: number): Case {
  return {
    name: `store with autoSave, ${rows.toLocaleString("en")} rows`,
    async prepare() {
      const folder = temporaryFolder();
      const ours = holding(rows, SUBJECT, (file) => folder.file(`ours-${file}`));
      const held = manifests(rows / 100, 100);
      const designed = await sqlJsDesignDocument(held, folder.file("designed"));
      const forced = await sqlJsDesignDocument(held, folder.file("forced"), true);
      const contend = (name: string, store: typeof designed): Peer => ({
        ...oneByOne(name, store, DESIGNED_CALLS, rows),
        calls: DESIGNED_CALLS,
      });
      const peer = contend(DESIGN_DOCUMENT, designed);
      return {
        subject: ours.contender,
        peers: [
          atLeast === undefined ? peer : { ...peer, atLeast },
          contend(`${DESIGN_DOCUMENT}, with fsync`, forced),
        ],
        calls: SAVED_CALLS,
        async close() {
          await closeAll([ours, designed, forced]);
          folder.remove();
        },
      };
    },
  };
}

/** The cost must not grow with the database: half of it is what many rows may add. */
function savedGrowth(): Case {
  return {
    name: `store with autoSave, ${MANY.toLocaleString("en")} rows`,
    prepare() {
      const folder = temporaryFolder();
      const many = holding(MANY, SUBJECT, (file) => folder.file(`many-${file}`));
      const few = holding(FEW, `itself, ${FEW} rows`, (file) => folder.file(`few-${file}`));
      return {
        subject: many.contender,
        peers: [{ ...few.contender, atLeast: 0.5 }],
        calls: SAVED_CALLS,
        async close() {
          await closeAll([many, few]);
          folder.remove();
        },
      };
    },
  };
}

/** Ours with `autoSave`. Opened anew, ahead of a sample, whenever samples have added a tenth to its rows. */
function holding(rows: number, name: string, fileOf: (number: number) => string) {
  let opened: Awaited<ReturnType<typeof openSubject>> | undefined;
  let files = 0;
  let added = 0;
  const store = (manifest: HandlerManifest): Promise<void> => opened!.store.storeManifest(manifest);
  const stores = oneByOne(name, { storeManifest: store }, SAVED_CALLS, rows);
  const contender: Contender = {
    ...stores,
    async before() {
      if (opened === undefined || added > rows / 10) {
        await opened?.close();
        const options = { filename: fileOf(files++), autoSave: true };
        opened = await openSubject(options, manifests(rows / 100, 100));
        added = 0;
      }
      added += SAVED_CALLS;
      await stores.before?.();
    },
  };
  return { contender, close: async () => opened?.close() };
}

async function closeAll(opened: readonly { close(): void | Promise<void> }[]): Promise<void> {
  await Promise.all(opened.map((one) => one.close()));
}
