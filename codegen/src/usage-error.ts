/** A wrong command line, or a wrong config: told without a stack, and ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";

  /** @param fix what to do about it; on a line of its own */
  constructor(message: string, fix: string) {
    super(`${message}\n  fix: ${fix}`);
  }
}
