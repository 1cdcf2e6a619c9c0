import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

import { relativePath } from "../load/paths.js";
import { SpecError } from "../model/spec-error.js";
import { formatFile } from "../output/format.js";
import { FORMAT, readLayout } from "./formats.js";
import type { Layout } from "./layout.js";

/** The folder of released versions, beside the spec. */
export const HISTORY = "history";

/** One released version, as its file holds it, but for a layout of an older format. */
export interface ReleaseRecord {
  /** How the file is written: from 1 to {@link FORMAT}. */
  readonly format: number;
  /** The hash of the version before; null in the first file. */
  readonly previous: string | null;
  /** Of all else as the file has it (of format 1 without `format`), so that a change after the release shows. */
  readonly hash: string;
  readonly layout: Layout;
}

/** `schema/history` for `schema/gati.ts`. */
export function historyFolder(schema: string): string {
  return path.join(path.dirname(path.resolve(schema)), HISTORY);
}

/** `0002.json` */
export function recordName(version: number): string {
  return `${String(version).padStart(4, "0")}.json`;
}

export function recordOf(layout: Layout, previous: ReleaseRecord | undefined): ReleaseRecord {
  const before = previous?.hash ?? null;
  return { format: FORMAT, previous: before, hash: hashOf(FORMAT, before, layout), layout };
}

export function recordText(record: ReleaseRecord): Promise<string> {
  return formatFile("record.json", `${JSON.stringify(record, null, 2)}\n`);
}

/**
 * Every released version, oldest first; null where there is no history yet.
 *
 * @param cwd the folder that errors name files relative to
 * @throws SpecError for a file that cannot be read, was changed after its release, or does not follow the one before it
 */
export function readHistory(folder: string, cwd: string): ReleaseRecord[] | null {
  if (!fs.existsSync(folder)) return null;
  const records: ReleaseRecord[] = [];
  const names = fs.readdirSync(folder).filter((name) => !name.startsWith("."));
  for (const name of names.toSorted()) {
    const file = relativePath(cwd, path.join(folder, name));
    if (!/^\d{4,}\.json$/.test(name)) {
      throw refusal(file, "misplaced-release", "only released versions belong in this folder", ELSEWHERE);
    }
    const record = readRecord(path.join(folder, name), file);
    const { layout: stored } = record;
    const before = records.at(-1);
    const { version } = stored;
    if (name !== recordName(version)) {
      throw refusal(file, "misplaced-release", `the file holds version ${version}`, NAMING);
    }
    if (record.hash !== hashOf(record.format, record.previous, stored)) {
      throw refusal(file, "changed-release", `version ${version} was changed after it was released`, RESTORE);
    }
    if (before !== undefined && before.layout.version + 1 !== version) {
      const missing = before.layout.version + 1;
      throw refusal(file, "missing-release", `version ${missing} is missing before it`, RESTORE);
    }
    if (record.previous !== (before?.hash ?? null)) {
      const what =
        before === undefined
          ? `version ${version} follows another version, whose file is missing`
          : `version ${version} was released after another version ${version - 1} than the one that is here`;
      throw refusal(file, "broken-history", what, MERGED);
    }
    records.push({ ...record, layout: readLayout(record.format, stored) });
  }
  return records;
}

const NAMING = "files are named by their version, as in `0002.json`; restore the file that was released";
const ELSEWHERE = "move it elsewhere; if a merge has left it behind, remove it";
const RESTORE =
  "restore the file that was released (`git log -- <file>`); what databases look like is changed by a new version";
const MERGED =
  "keep the versions that were released first, remove the others, raise `version` in the spec above them, and run `storage-codegen release`";

function readRecord(target: string, file: string): ReleaseRecord {
  let text: string;
  try {
    text = fs.readFileSync(target, "utf8");
  } catch (error) {
    throw refusal(
      file,
      "unreadable-release",
      `it cannot be read (${(error as NodeJS.ErrnoException).code})`,
      NAMING,
    );
  }
  if (/^(<{7}|={7}|>{7})/m.test(text)) {
    throw refusal(file, "merge-conflict", "it holds the marks of a merge conflict", MERGED);
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw refusal(file, "unreadable-release", "it is not JSON", RESTORE);
  }
  const record = parsed as Partial<ReleaseRecord> | null;
  if (record?.format !== undefined && !(record.format <= FORMAT)) {
    throw refusal(
      file,
      "unreadable-release",
      "a later release of storage-codegen has written it",
      "use that release",
    );
  }
  if (
    !Number.isInteger(record?.format) ||
    typeof record?.hash !== "string" ||
    !Number.isInteger(record.layout?.version)
  ) {
    throw refusal(file, "unreadable-release", "it is not a released version of a schema", NAMING);
  }
  return record as ReleaseRecord;
}

function hashOf(format: number, previous: string | null, layout: Layout): string {
  return createHash("sha256")
    .update(JSON.stringify([...(format === 1 ? [] : [format]), previous, layout]))
    .digest("hex");
}

function refusal(file: string, rule: string, message: string, fix: string): SpecError {
  return new SpecError([{ file, line: 1, column: 1, rule, message, fix }]);
}
