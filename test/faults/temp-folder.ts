import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import { onTestFinished } from "vitest";

/** A new folder, removed when the running test ends. */
export function tempFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "storage-test-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}
