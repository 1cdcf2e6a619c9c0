import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What is long though its files are short: they run the cases of others, or start many processes. */
const LONG =
  /\/(conformance|differential|migrations)\/|\/(processes|gati-claims|differential[\w-]*)\.test\.ts$/;

function isLong({ moduleId }: TestSpecification): boolean {
  return LONG.test(moduleId);
}

/**
 * Begins with the files that take longest, so that no worker is left with one of them in the end. Vitest goes by the size of files
 * that it has not run before, and so runs these last in a fresh clone.
 */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- no array's
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
