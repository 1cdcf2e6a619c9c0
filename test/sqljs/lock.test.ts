/* oxlint-disable no-await-in-loop -- one round after the other */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import { describe, expect, onTestFinished, test } from "vitest";

import { type Child, runChild, startChild } from "../faults/child.js";
import { childScript, expectRefusal, folderContent, gtype, newFile, open } from "./support.js";

function contend(filename: string, ending = "hold"): Child {
  const child = startChild(childScript("contend.mjs"), [
    JSON.stringify({ filename, autoSave: true }),
    ending,
  ]);
  onTestFinished(async () => {
    child.process.kill("SIGKILL");
    await child.ended;
  });
  return child;
}

const anyLine = (): boolean => true;

/** Waits for a holder to open, and kills it: its lock stays behind. */
async function leaveLock(filename: string): Promise<number> {
  const child = contend(filename);
  expect(await child.line(anyLine)).toBe("opened");
  child.process.kill("SIGKILL");
  await child.ended;
  expect(fs.existsSync(`${filename}.lock`)).toBe(true);
  return child.process.pid as number;
}

describe("F9: one process a file", () => {
  test("a second process is refused with LOCKED, and served when the first has ended", async () => {
    const filename = newFile();
    const holder = contend(filename);
    expect(await holder.line(anyLine)).toBe("opened");
    const second = open({ filename });
    const error = await expectRefusal(() => second.init(), "LOCKED");
    expect(error.message).toContain(String(holder.process.pid));
    expect(error.retryable).toBe(true);
    expect((await runChild(childScript("contend.mjs"), [JSON.stringify({ filename })])).lines).toEqual([
      "LOCKED",
    ]);
    holder.process.kill("SIGKILL");
    await holder.ended;
    await second.init();
    expect(second.exports.getStats().gtypeCount).toBe(1);
  });

  test("so is a second storage of the same process, also by another name of the file", async () => {
    const filename = newFile();
    const first = open({ filename });
    await first.init();
    await expectRefusal(() => open({ filename }).init(), "LOCKED");
    const link = newFile("link.db");
    fs.symlinkSync(filename, link);
    await expectRefusal(() => open({ filename: link }).init(), "LOCKED");
    await first.shutdown();
    const second = open({ filename: link, autoSave: true });
    await second.exports.storeGType(gtype("a"));
    await second.shutdown();
    expect(fs.lstatSync(link).isSymbolicLink(), "the link is left a link").toBe(true);
    await first.init();
    expect(first.exports.getStats().gtypeCount).toBe(1);
  });

  test("the lock is released by shutdown, and when opening fails", async () => {
    const filename = newFile();
    const module = open({ filename });
    await module.init();
    await module.shutdown();
    fs.writeFileSync(filename, fs.readFileSync(filename).fill(0xff, 4096, 8192));
    await expectRefusal(() => module.init(), "CORRUPT");
    expect(Object.keys(folderContent(path.dirname(filename)))).toEqual(["storage.db"]);
  });

  test("of four processes that find a dead lock at once, one takes it over", async () => {
    const filename = newFile();
    for (let round = 0; round < 5; round++) {
      await leaveLock(filename);
      const contenders = Array.from({ length: 4 }, () => contend(filename));
      const answers = await Promise.all(contenders.map((child) => child.line(anyLine)));
      expect(answers.toSorted(), `round ${round}`).toEqual(["LOCKED", "LOCKED", "LOCKED", "opened"]);
      await Promise.all(
        contenders.map((child) => {
          child.process.kill("SIGKILL");
          return child.ended;
        }),
      );
    }
    const module = open({ filename });
    await module.init();
    expect(module.exports.getStats().gtypeCount).toBe(10);
    await module.shutdown();
    expect(Object.keys(folderContent(path.dirname(filename))), "no traces").toEqual(["storage.db"]);
  });

  test("F24: who exits or throws without shutdown loses nothing acknowledged, and blocks nobody", async () => {
    const filename = newFile();
    expect((await contend(filename, "exit").ended).exitCode).toBe(0);
    expect((await contend(filename, "throw").ended).exitCode).toBe(1);
    const child = contend(filename);
    await child.line(anyLine);
    child.process.kill("SIGTERM");
    expect((await child.ended).signal).toBe("SIGTERM");
    const module = open({ filename });
    await module.init();
    expect(module.exports.getStats().gtypeCount).toBe(3);
  });
});

describe.skipIf(process.platform !== "linux")("a lock left behind is told by more than a number:", () => {
  interface Card {
    pid: number;
    host: string;
    boot: string;
    space: string;
    start: string;
    token: string;
  }

  /** A lock of this very process, with some of it changed. */
  async function lockedBy(change: Partial<Card> | ((card: Card) => string)): Promise<string> {
    const filename = newFile();
    const module = open({ filename });
    await module.init();
    const card = JSON.parse(fs.readFileSync(`${filename}.lock`, "utf8")) as Card;
    await module.shutdown();
    const text = typeof change === "function" ? change(card) : JSON.stringify({ ...card, ...change });
    fs.writeFileSync(`${filename}.lock`, text);
    return filename;
  }

  test.each<[string, Partial<Card>]>([
    ["its number belongs to another process by now", { start: "1" }],
    ["the machine has been started anew", { boot: "earlier" }],
    ["the container has been started anew", { space: "pid:[1]" }],
    ["there is no process of that number", { pid: 4_194_305 }],
  ])("taken over when %s", async (_, change) => {
    const module = open({ filename: await lockedBy(change) });
    await module.init();
  });

  test.each<[string, Partial<Card> | ((card: Card) => string)]>([
    ["the process is at work", {}],
    ["another machine made it", { host: `not-${os.hostname()}`, pid: 4_194_305 }],
    ["it is somebody else's", () => "mine"],
    ["it is empty", () => ""],
    ["its token would name another file", { token: "../../../tmp/x", pid: 4_194_305 }],
  ])("kept when %s", async (_, change) => {
    const filename = await lockedBy(change);
    const before = folderContent(path.dirname(filename));
    const error = await expectRefusal(() => open({ filename }).init(), "LOCKED");
    expect(error.hint).toContain(`${filename}.lock`);
    expect(folderContent(path.dirname(filename))).toEqual(before);
  });

  test("a successor that died half-way is succeeded in turn", async () => {
    const filename = await lockedBy({ pid: 4_194_305, token: "a".repeat(16) });
    const card = JSON.parse(fs.readFileSync(`${filename}.lock`, "utf8")) as Card;
    fs.writeFileSync(
      `${filename}.lock.after-${card.token}`,
      JSON.stringify({ ...card, token: "b".repeat(16) }),
    );
    const module = open({ filename });
    await module.init();
    await module.shutdown();
    expect(Object.keys(folderContent(path.dirname(filename)))).toEqual(["storage.db"]);
  });
});
