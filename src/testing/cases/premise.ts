/* oxlint-disable no-await-in-loop -- the order of calls is what is tested */
import { assertSame } from "../same.js";
import type { CaseDraft } from "../case.js";
import { argumentsFor, documentOf, statsOf } from "../documents.js";
import { answerWith } from "../expected.js";
import type { ContractFacts } from "../facts.js";
import { call } from "../case.js";

/** What every other case relies on. */
export function premiseCases(facts: ContractFacts): CaseDraft[] {
  return [
    {
      name: "two storages share nothing, and a new one is empty",
      rule: "premise",
      async run(subject) {
        const other = await subject.initializer.create();
        try {
          await other.module.init();
          for (const entity of facts.entities) {
            const document = documentOf(entity, 1);
            await subject.store(entity, document);
            for (const read of entity.reads) {
              const answer = await call(other.module.exports, read.method, argumentsFor(read, document));
              assertSame(answer, answerWith(read, []), `${read.method} of the other storage`);
            }
          }
          assertSame(call(other.module.exports, "getStats", []), statsOf(facts), "the other storage's stats");
        } finally {
          await other.destroy();
        }
      },
    },
    {
      name: "a module has a name, a version, a description and capabilities",
      rule: "premise",
      async run({ module }) {
        assertSame(
          [module.name, module.version, module.description].map(
            (text) => typeof text === "string" && text !== "",
          ),
          [true, true, true],
        );
        const { durable, shared, opensSynchronously } = module.capabilities;
        assertSame(
          [durable, shared, opensSynchronously].map((capability) => typeof capability),
          ["boolean", "boolean", "boolean"],
        );
      },
    },
  ];
}
