/* oxlint-disable no-await-in-loop -- one crash after the other */
import fs from "node:fs";
import path from "node:path";

import { createSqlJsStorage } from "@gati-framework/storage-sqljs";
import { expect, onTestFinished, test } from "vitest";

import { tempFolder } from "../faults/temp-folder.js";
import { EVERY_LUCK, RecordedDisk, type Remains, remainsOf } from "./recorded-disk.js";
import { gtype, inspectFile } from "./support.js";

/** What was called and acknowledged, each with the number of states that the disk had gone through by then. */
interface Step {
  readonly ref: string;
  readonly revision: number;
  readonly called: number;
  acknowledged: number;
}

/** Writes singly and in batches, with and without `flush()` between, and shuts down. */
async function scenario(filename: string, disk: RecordedDisk): Promise<Step[]> {
  const steps: Step[] = [];
  const store = async (ref: string, revision: number): Promise<void> => {
    const step = { ref, revision, called: disk.states.length, acknowledged: Infinity };
    steps.push(step);
    const syncs = disk.syncs;
    await module.exports.storeGType(gtype(ref, { revision, body: ref.repeat(50) }));
    // The state of this moment is the first that must have it.
    step.acknowledged = disk.states.length - 1;
    expect(disk.syncs, "a completed fsync precedes each acknowledgement").toBeGreaterThan(syncs);
  };
  const module = createSqlJsStorage({ filename, autoSave: true });
  await module.init();
  for (let round = 1; round <= 3; round++) {
    await store("a", round);
    await Promise.all([store("b", round), store(`c${round}`, round), store(`d${round}`, round)]);
    await module.flush();
    await store("e", round);
    if (round === 2) {
      await module.shutdown();
      await module.init();
    }
  }
  await module.shutdown();
  return steps;
}

/** Writes what a power loss left, and makes the machine another one: it has been started anew. */
function restore(remains: Remains): string {
  const folder = fs.mkdtempSync(path.join(crashes, "crash-"));
  for (const [name, content] of remains) {
    const restarted = name.includes(".lock")
      ? Buffer.from(content.toString().replace(/"boot":"[^"]*"/, '"boot":"earlier"'))
      : content;
    fs.writeFileSync(path.join(folder, name), restarted);
  }
  return path.join(folder, "storage.db");
}

let crashes = "";

test("F2: a power loss at any moment leaves every acknowledged write", { timeout: 300_000 }, async () => {
  const folder = fs.realpathSync(tempFolder());
  crashes = tempFolder();
  const disk = new RecordedDisk(folder);
  onTestFinished(() => disk.stop());
  disk.start();
  const steps = await scenario(path.join(folder, "storage.db"), disk);
  disk.stop();

  const seen = new Set<string>();
  for (const [moment, state] of disk.states.entries()) {
    for (const luck of EVERY_LUCK) {
      const remains = remainsOf(state, luck);
      const print = JSON.stringify(
        [...remains].toSorted().map(([name, data]) => [name, data.toString("base64")]),
      );
      const acknowledged = steps.filter((step) => step.acknowledged <= moment).length;
      const key = `${acknowledged} ${print}`;
      if (seen.has(key)) continue;
      seen.add(key);
      await checkRemains(remains, steps, moment, `moment ${moment}, ${JSON.stringify(luck)}`);
    }
  }
  console.log(`sqljs: ${disk.states.length} moments, ${seen.size} different remains, ${steps.length} writes`);
  expect(seen.size).toBeGreaterThan(100);
});

async function checkRemains(
  remains: Remains,
  steps: readonly Step[],
  moment: number,
  what: string,
): Promise<void> {
  const filename = restore(remains);
  const module = createSqlJsStorage({ filename, autoSave: true });
  await module.init().catch((error: unknown) => expect.fail(`${what}: ${String(error)}`));
  let rows = 0;
  for (const ref of new Set(steps.map((step) => step.ref))) {
    const found = (await module.exports.getGType(ref)) as { revision: number } | undefined;
    const own = steps.filter((step) => step.ref === ref);
    const least = Math.max(
      0,
      ...own.filter((step) => step.acknowledged <= moment).map((step) => step.revision),
    );
    const most = Math.max(0, ...own.filter((step) => step.called <= moment).map((step) => step.revision));
    const revision = found?.revision ?? 0;
    expect(revision, `${what}: ${ref} is lost`).toBeGreaterThanOrEqual(least);
    expect(revision, `${what}: ${ref} was never written`).toBeLessThanOrEqual(most);
    if (found === undefined) continue;
    rows++;
    expect(found, what).toEqual(gtype(ref, { revision, body: ref.repeat(50) }));
  }
  expect(module.exports.getStats().gtypeCount, what).toBe(rows);
  await module.shutdown();
  expect(inspectFile(filename).check, what).toBe("ok");
  fs.rmSync(path.dirname(filename), { recursive: true });
}
