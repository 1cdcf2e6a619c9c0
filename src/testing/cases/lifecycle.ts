/* oxlint-disable no-await-in-loop -- the order of calls is what is tested */
import assert from "node:assert/strict";

import { StorageError } from "../../errors.js";
import { assertSame } from "../same.js";
import { type CaseDraft, refused, type Subject } from "../case.js";
import { argumentsFor, documentOf, EVERYTHING, groupOf, removalArguments, statsOf } from "../documents.js";
import { answerWith } from "../expected.js";
import type { ContractFacts } from "../facts.js";

/** Rule S11: opening, closing, and what comes between. */
export function lifecycleCases(facts: ContractFacts): CaseDraft[] {
  return [
    { name: "init may be called again, and at the same time", rule: "S11", run: initCase },
    {
      name: "concurrent first calls open it once",
      rule: "S11",
      run: (subject) => firstCallsCase(facts, subject),
    },
    {
      name: "after shutdown every call is refused, until init",
      rule: "S11",
      run: (subject) => closedCase(facts, subject),
    },
    { name: "shutdown may come first, twice, and at the same time", rule: "S11", run: shutdownCase },
    {
      name: "fifty writes racing a shutdown are each stored or refused",
      rule: "S11",
      run: (subject) => raceCase(facts, subject),
    },
    { name: "healthCheck tells an open storage from a closed one", rule: "S11", run: healthCase },
    {
      name: "flush resolves when everything called before is kept",
      rule: "S12",
      run: (subject) => flushCase(facts, subject),
    },
  ];
}

async function initCase(subject: Subject): Promise<void> {
  await Promise.all([subject.module.init(), subject.module.init()]);
  const [entity] = subject.facts.entities;
  if (entity === undefined) return;
  await subject.store(entity, documentOf(entity, 1));
  await subject.module.init();
  assertSame(subject.stats(), statsOf(subject.facts, { [entity.name]: 1 }), "init forgets nothing");
}

async function firstCallsCase(facts: ContractFacts, subject: Subject): Promise<void> {
  const documents = facts.entities.map((entity) => documentOf(entity, 1));
  const opening = [subject.module.init(), subject.module.healthCheck(), subject.module.init()];
  const writes = facts.entities.map((entity, n) => subject.store(entity, documents[n]));
  const answers = facts.entities.flatMap((entity, n) =>
    entity.reads.map((read) => subject.read(read, argumentsFor(read, documents[n] ?? {}))),
  );
  assertSame(
    await Promise.all(answers),
    facts.entities.flatMap((entity, n) => entity.reads.map((read) => answerWith(read, [documents[n] ?? {}]))),
  );
  await Promise.all([...opening, ...writes]);
  assertSame(
    subject.stats(),
    statsOf(facts, Object.fromEntries(facts.entities.map(({ name }) => [name, 1]))),
  );
}

async function closedCase(facts: ContractFacts, subject: Subject): Promise<void> {
  await subject.module.init();
  const closing = subject.module.shutdown();
  const attempts = facts.entities.flatMap((entity) => [
    () => subject.store(entity, documentOf(entity, 1)),
    ...entity.reads.map((read) => () => subject.read(read, argumentsFor(read, documentOf(entity, 1)))),
    ...entity.removals.map(
      (removal) => () => subject.remove(removal, removalArguments(removal, documentOf(entity, 1))),
    ),
  ]);
  attempts.push(
    () => subject.clear(),
    () => subject.module.flush(),
    () => subject.module.refreshStats(),
  );
  const lookAt = async (when: string): Promise<void> => {
    for (const attempt of attempts) await refused("CLOSED", attempt, when);
    assert.throws(
      () => subject.stats(),
      (error) => StorageError.is(error) && error.code === "CLOSED",
      when,
    );
  };
  await refused("CLOSED", attempts[0] ?? ((): void => {}), "in the turn of the shutdown");
  await closing;
  await lookAt("after the shutdown");
  await subject.module.init();
  for (const entity of facts.entities) await subject.store(entity, documentOf(entity, 1));
  assertSame(
    subject.stats(),
    statsOf(facts, Object.fromEntries(facts.entities.map(({ name }) => [name, 1]))),
    "after init",
  );
  await subject.module.shutdown();
  await lookAt("after the second shutdown");
}

async function shutdownCase(subject: Subject): Promise<void> {
  await subject.module.shutdown();
  await subject.module.shutdown();
  await subject.module.init();
  await Promise.all([subject.module.shutdown(), subject.module.shutdown()]);
  await subject.module.shutdown();
  assert.equal(await subject.module.healthCheck(), false);
  await Promise.all([subject.module.init(), subject.module.init()]);
  assert.equal(await subject.module.healthCheck(), true);
}

async function raceCase(facts: ContractFacts, subject: Subject): Promise<void> {
  const [entity] = facts.entities;
  const read = entity?.reads.find((item) => item.kind === "get");
  if (entity === undefined || read === undefined) return;
  const documents = groupOf(entity, EVERYTHING, 50);
  const writes: Promise<void>[] = [];
  let closing: Promise<void> | undefined;
  for (const [n, document] of documents.entries()) {
    if (n === documents.length >> 1) closing = subject.module.shutdown();
    writes.push(subject.store(entity, document));
  }
  const settled = await Promise.allSettled(writes);
  await closing;
  await subject.module.init();
  const { durable, savedAtShutdown: kept = durable } = subject.module.capabilities;
  for (const [n, outcome] of settled.entries()) {
    const before = n < documents.length >> 1;
    assert.equal(outcome.status, before ? "fulfilled" : "rejected", `write ${n}`);
    if (outcome.status === "rejected") {
      assert.ok(
        StorageError.is(outcome.reason) && outcome.reason.code === "CLOSED",
        `write ${n}: ${String(outcome.reason)}`,
      );
    }
    const found = await subject.read(read, argumentsFor(read, documents[n] ?? {}));
    assertSame(found, before && kept ? documents[n] : read.miss, `write ${n}`);
  }
}

async function healthCase(subject: Subject): Promise<void> {
  assert.equal(await subject.module.healthCheck(), true, "it opens by itself");
  await subject.module.shutdown();
  assert.equal(await subject.module.healthCheck(), false, "after shutdown");
  await subject.module.init();
  assert.equal(await subject.module.healthCheck(), true, "after init");
}

async function flushCase(facts: ContractFacts, subject: Subject): Promise<void> {
  await subject.module.flush();
  const writes = facts.entities.map((entity) => subject.store(entity, documentOf(entity, 1)));
  await subject.module.flush();
  const settled = await Promise.race([Promise.all(writes).then(() => "resolved"), settleTurns()]);
  assert.equal(settled, "resolved", "writes that were called before have resolved with it");
  assertSame(
    subject.stats(),
    statsOf(facts, Object.fromEntries(facts.entities.map(({ name }) => [name, 1]))),
  );
}

/** Long enough for what has resolved already to be heard of, and no longer. */
function settleTurns(): Promise<string> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve, "still waiting")));
}
