import fs from "node:fs";

import { expect, onTestFinished, test } from "vitest";

import { StorageError } from "../../src/errors.js";
import { FileLock } from "../../src/sqlite/image/file-lock.js";
import { newFile } from "./support.js";

const DEAD = { pid: 4_194_305, host: "", boot: "earlier", space: "", start: "1", token: "d".repeat(16) };

/** A file beside which a dead process has left its lock. */
function withDeadLock(): string {
  const filename = newFile();
  const lock = FileLock.acquire("test", filename);
  const card = JSON.parse(fs.readFileSync(`${filename}.lock`, "utf8")) as object;
  lock.release();
  fs.writeFileSync(
    `${filename}.lock`,
    JSON.stringify({ ...card, ...DEAD, host: (card as typeof DEAD).host }),
  );
  return filename;
}

function attempt(filename: string): FileLock | string {
  try {
    return FileLock.acquire("test", filename);
  } catch (error) {
    return StorageError.is(error) ? error.code : String(error);
  }
}

const STEPS = ["linkSync", "readFileSync", "renameSync", "rmSync"] as const;

/** Lets `meanwhile` run before the nth of the calls that taking a lock is made of; how many there were. */
function interrupt(
  nth: number,
  meanwhile: () => void,
): { readonly calls: () => number; readonly stop: () => void } {
  let calls = 0;
  const originals = STEPS.map((name) => [name, fs[name] as (...args: unknown[]) => unknown] as const);
  const stop = (): void => originals.forEach(([name, original]) => Object.assign(fs, { [name]: original }));
  for (const [name, original] of originals) {
    Object.assign(fs, {
      [name]: (...args: unknown[]) => {
        if (String(args[0]).includes(".lock") && calls++ === nth) {
          stop();
          meanwhile();
        }
        return original(...args);
      },
    });
  }
  onTestFinished(stop);
  return { calls: () => calls, stop };
}

test.each([
  ["keeps it", false],
  ["has released it again", true],
])("F9: whenever another takes a dead lock over and %s, never do two hold it", (_, releases) => {
  let both = 0;
  let interrupted = 0;
  for (let nth = 0; nth < 40; nth++) {
    const filename = withDeadLock();
    let other: FileLock | string = "";
    const { stop } = interrupt(nth, () => {
      other = attempt(filename);
      if (releases && typeof other === "object") other.release();
      interrupted++;
    });
    const own = attempt(filename);
    stop();
    const holders = [own, other].filter((lock) => typeof lock === "object" && (lock as FileLock).isHeld());
    if (holders.length > 1) both++;
    if (other !== "") expect(holders.length, `step ${nth}`).toBe(1);
    for (const answer of [own, other])
      if (typeof answer === "string" && answer !== "") expect(answer).toBe("LOCKED");
  }
  expect(both).toBe(0);
  expect(interrupted).toBeGreaterThanOrEqual(5);
});
