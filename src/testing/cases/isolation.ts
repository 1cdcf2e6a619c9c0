/* oxlint-disable no-await-in-loop -- the order of calls is what is tested */
import { assertSame } from "../same.js";
import type { CaseDraft } from "../case.js";
import { argumentsFor, type Document, groupOf } from "../documents.js";
import { answerWith } from "../expected.js";
import type { ContractFacts } from "../facts.js";

/** Rule S5: documents are copied in and copied out. */
export function isolationCases(facts: ContractFacts): CaseDraft[] {
  return facts.entities.flatMap((entity) =>
    entity.reads
      .filter(({ kind }) => kind !== "count")
      .map((read): CaseDraft => ({
        name: `${read.method} answers copies, and storing took one`,
        rule: "S5",
        async run(subject) {
          const [stored = {}] = groupOf(entity, read, 1);
          const make = (): Document => ({ ...stored, ...contents() });
          const given = make();
          const storing = subject.store(entity, given);
          spoil(given);
          await storing;
          spoil(given);
          const expected = answerWith(read, [make()]);
          for (const last of [false, true, false]) {
            const answer = await subject.read(read, argumentsFor(read, stored, last));
            assertSame(answer, expected);
            const items = itemsOf(answer);
            for (const document of items) spoil(document);
            items.length = 0;
          }
        },
      })),
  );
}

/** The documents of an answer, in its own array if it has one. */
function itemsOf(answer: unknown): Document[] {
  if (Array.isArray(answer)) return answer as Document[];
  const { items } = answer as { items?: unknown };
  return Array.isArray(items) ? (items as Document[]) : [answer as Document];
}

function contents(): Document {
  return {
    list: [1, { deep: ["x"] }],
    map: new Map<unknown, unknown>([["k", { v: 1 }]]),
    set: new Set([1]),
    date: new Date(1),
    bytes: new Uint8Array([1, 2]),
  };
}

/** Changes everything in reach. */
function spoil(document: Document): void {
  if (Array.isArray(document["list"])) {
    (document["list"][1] as Document)["deep"] = "changed";
    document["list"].push("more");
  }
  (document["map"] as Map<unknown, Document>).get("k")!["v"] = "changed";
  (document["map"] as Map<unknown, unknown>).set("more", 1);
  (document["set"] as Set<number>).add(2);
  (document["date"] as Date).setTime(5);
  (document["bytes"] as Uint8Array)[0] = 9;
  document["added"] = true;
}
