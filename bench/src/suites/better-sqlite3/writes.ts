import type { Case, Peer } from "../../measure/contender.js";
import { drizzlePrepared } from "../../peers/drizzle.js";
import { handWritten } from "../../peers/hand-written.js";
import { keyvSqlite } from "../../peers/keyv.js";
import { kyselyPerCall } from "../../peers/kysely.js";
import type { Synchronous } from "../../peers/sqlite-file.js";
import { temporaryFolder } from "../../peers/temporary-folder.js";
import { oneByOne, storeEach, storesAtOnce } from "../stores.js";
import { openSubject, SUBJECT } from "./subject.js";

const AT_ONCE = 1000;

/** Stores that are awaited one by one. Waiting for the disk takes so much longer that fewer peers and calls tell as much. */
export function storeOneByOne(synchronous: Synchronous): Case {
  const full = synchronous === "FULL";
  const calls = full ? 200 : 2000;
  return {
    name: `store one by one, ${synchronous}`,
    async prepare() {
      const folder = temporaryFolder();
      const subject = await openSubject(folder.file("ours"), synchronous, []);
      const byHand = handWritten(folder.file("hand-written"), synchronous, []);
      const kysely = kyselyPerCall(folder.file("kysely"), synchronous, []);
      const drizzle = drizzlePrepared(folder.file("drizzle"), synchronous, []);
      const keyv = await keyvSqlite(folder.file("keyv"), []);
      const peers: Peer[] = [{ ...oneByOne("hand-written", byHand, calls), atLeast: 0.85 }];
      if (!full) {
        peers.push(
          oneByOne("Kysely per call", kysely, calls),
          oneByOne("Drizzle prepared", drizzle, calls),
          oneByOne("Keyv", keyv, calls),
        );
      }
      return {
        subject: oneByOne(SUBJECT, subject.store, calls),
        peers,
        calls,
        async close() {
          await Promise.all([subject, byHand, kysely, drizzle, keyv].map((opened) => opened.close()));
          folder.remove();
        },
      };
    },
  };
}

/** A thousand stores that are called without awaiting in between. */
export function storeAtOnce(synchronous: Synchronous): Case {
  const calls = synchronous === "FULL" ? 1 : 4;
  return {
    name: `1,000 stores at once, ${synchronous}`,
    async prepare() {
      const folder = temporaryFolder();
      const subject = await openSubject(folder.file("ours"), synchronous, []);
      const apart = handWritten(folder.file("apart"), synchronous, []);
      const together = handWritten(folder.file("together"), synchronous, []);
      return {
        subject: storesAtOnce(SUBJECT, AT_ONCE, calls, (documents) => storeEach(subject.store, documents)),
        peers: [
          {
            ...storesAtOnce("hand-written, a transaction each", AT_ONCE, calls, (documents) =>
              storeEach(apart, documents),
            ),
            atLeast: 5,
          },
          {
            ...storesAtOnce("hand-written, all in one transaction", AT_ONCE, calls, together.storeTogether),
            atLeast: 0.75,
          },
        ],
        operationsPerCall: AT_ONCE,
        calls,
        async close() {
          await Promise.all([subject, apart, together].map((opened) => opened.close()));
          folder.remove();
        },
      };
    },
  };
}
