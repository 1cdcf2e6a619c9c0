import { inspect } from "node:util";

import { StorageError } from "@gati-framework/storage-kit";
import { pause, postgresError, within } from "@gati-framework/storage-kit/sql";
import { describe, expect, test } from "vitest";

import { deferred } from "../deferred.js";

const driverError = (code: string | undefined): Error =>
  Object.assign(new Error("message-xyzzy"), {
    code,
    detail: "detail-xyzzy",
    where: "where-xyzzy",
    query: "query-xyzzy",
    severity: "ERROR",
    routine: "ExecConstraints",
  });

describe("what PostgreSQL's errors mean (S13)", () => {
  test.each([
    ["08006", "UNAVAILABLE", "unknown", true],
    ["08P01", "UNAVAILABLE", "unknown", true],
    ["0A000", "SCHEMA_MISMATCH", "not-written", false],
    ["22021", "INVALID_INPUT", "not-written", false],
    ["22P05", "INVALID_INPUT", "not-written", false],
    ["23505", "CONFLICT", "not-written", false],
    ["25006", "READ_ONLY", "not-written", true],
    ["25P03", "UNAVAILABLE", "not-written", true],
    ["25P04", "TIMEOUT", "not-written", true],
    ["28P01", "UNAVAILABLE", "not-written", false],
    ["3D000", "UNAVAILABLE", "not-written", false],
    ["3F000", "SCHEMA_MISMATCH", "not-written", false],
    ["40001", "BUSY", "not-written", true],
    ["40003", "UNAVAILABLE", "unknown", true],
    ["40P01", "BUSY", "not-written", true],
    ["42501", "READ_ONLY", "not-written", false],
    ["42P01", "SCHEMA_MISMATCH", "not-written", false],
    ["53100", "DISK_FULL", "not-written", true],
    ["53300", "UNAVAILABLE", "not-written", true],
    ["54000", "TOO_LARGE", "not-written", false],
    ["55P03", "BUSY", "not-written", true],
    ["57014", "TIMEOUT", "not-written", true],
    ["57P01", "UNAVAILABLE", "unknown", true],
    ["57P03", "UNAVAILABLE", "unknown", true],
    ["58030", "IO", "unknown", false],
    ["P0001", "INTERNAL", "not-written", false],
    ["XX000", "INTERNAL", "unknown", true],
    ["XX001", "CORRUPT", "not-written", false],
    ["XX002", "CORRUPT", "not-written", false],
    ["ECONNREFUSED", "UNAVAILABLE", "not-written", true],
    ["ENOTFOUND", "UNAVAILABLE", "not-written", true],
    ["ECONNRESET", "UNAVAILABLE", "unknown", true],
    ["EPIPE", "UNAVAILABLE", "unknown", true],
    ["SELF_SIGNED_CERT_IN_CHAIN", "UNAVAILABLE", "unknown", true],
    [undefined, "UNAVAILABLE", "unknown", true],
  ] as const)("%s: %s, %s", (state, code, outcome, retryable) => {
    const error = postgresError("postgres", driverError(state), true);
    expect(error).toMatchObject({ code, outcome, retryable, backend: "postgres" });
    expect(error.hint).not.toBe("");
    expect(postgresError("postgres", driverError(state), false).outcome, "not sent").toBe("not-written");
    expect(error.cause).toMatchObject(state === undefined ? {} : { code: state, severity: "ERROR" });
    expect(
      `${inspect(error, { depth: 9, showHidden: true })} ${JSON.stringify(error)} ${error.stack}`,
    ).not.toContain("xyzzy");
  });

  test("ours stays as it is; what is no error at all is a lost connection", () => {
    const ours = new StorageError("ours", { code: "TIMEOUT" });
    expect(postgresError("postgres", ours, true)).toBe(ours);
    for (const nothing of [null, undefined, "text-xyzzy", 7]) {
      const error = postgresError("postgres", nothing, true);
      expect(error.code).toBe("UNAVAILABLE");
      expect(inspect(error)).not.toContain("xyzzy");
    }
  });
});

describe("deadlines", () => {
  const never = new Promise<never>(() => {});

  test("an answer in time is the answer; a refusal in time is the refusal", async () => {
    expect(await within(60_000, Promise.resolve("answer"), () => "late")).toBe("answer");
    await expect(within(60_000, Promise.reject(new Error("no")), () => "late")).rejects.toThrow("no");
  });

  test("none in time: what the caller makes of it; the late answer disturbs nobody", async () => {
    expect(await within(1, never, () => "late")).toBe("late");
    const later = deferred();
    await expect(
      within(1, later.promise, () => {
        throw new Error("too late");
      }),
    ).rejects.toThrow("too late");
    later.reject(new Error("not heard of"));
    await pause(1);
  });
});
