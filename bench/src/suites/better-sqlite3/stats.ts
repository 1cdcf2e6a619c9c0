import { manifests } from "../../data/manifests.js";
import type { Case, Peer } from "../../measure/contender.js";
import { handWritten } from "../../peers/hand-written.js";
import { temporaryFolder } from "../../peers/temporary-folder.js";
import { openSubject, SUBJECT } from "./subject.js";

const FEW = 100;
const MANY = 100_000;

/** The cost of `getStats()` must not grow with the rows (rule S10): 1 is the aim, less is growth. */
const NO_GROWTH = 0.8;

export function stats(): Case[] {
  return [FEW, MANY].map((rows) => ({
    name: `getStats, ${rows.toLocaleString("en")} rows`,
    async prepare() {
      const folder = temporaryFolder();
      const documents = manifests(rows / 100, 100);
      const subject = await openSubject(folder.file("ours"), "NORMAL", documents);
      const byHand = handWritten(folder.file("hand-written"), "NORMAL", documents);
      const few = await openSubject(folder.file("few"), "NORMAL", manifests(1, FEW));
      const count = (store: typeof subject.store) => () => store.getStats().manifestCount;
      const peers: Peer[] = [
        { name: "hand-written count(*) of one table", run: () => byHand.manifestCount() },
      ];
      if (rows > FEW) {
        peers.push({ name: `itself, ${FEW} rows`, run: count(few.store), atLeast: NO_GROWTH });
      }
      return {
        subject: { name: SUBJECT, run: count(subject.store) },
        peers,
        // The small one rightly answers otherwise.
        comparesAnswers: rows === FEW,
        async close() {
          await Promise.all([subject, byHand, few].map((opened) => opened.close()));
          folder.remove();
        },
      };
    },
  }));
}
