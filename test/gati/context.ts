import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type GlobalContext, createGlobalContext, logger } from "@gati-framework/runtime";
import { afterEach, beforeEach, vi } from "vitest";

/** Silences what Gati prints of its hooks, and of an SQLite that it cannot load, during each test of this file. */
export function useQuietGati(): void {
  logger.level = "silent";
  beforeEach(() => {
    for (const method of ["log", "warn", "error"] as const) {
      vi.spyOn(console, method).mockReturnValue();
    }
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
}

/** A new global context of Gati. Making one leaves a folder `.gati` in the working directory, which therefore changes for a moment. */
export function newContext(): GlobalContext {
  const home = process.cwd();
  const folder = mkdtempSync(path.join(tmpdir(), "gati-context-"));
  process.chdir(folder);
  try {
    return createGlobalContext();
  } finally {
    process.chdir(home);
    rmSync(folder, { recursive: true, force: true });
  }
}
