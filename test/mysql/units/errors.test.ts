import { inspect } from "node:util";

import { StorageError } from "@gati-framework/storage-kit";
import { describe, expect, test } from "vitest";

import { endsConnection, mysqlError } from "../../../generated/storage-mysql/dist/mysql-error.js";

const driverError = (errno: number | undefined, code?: string): Error =>
  Object.assign(new Error("message-xyzzy"), {
    errno,
    code: code ?? "ER_SOME",
    sqlState: "HY000",
    sqlMessage: "Duplicate entry 'xyzzy' for key",
    sql: "insert 'xyzzy'",
  });

describe("what the errors of MySQL and MariaDB mean (S13)", () => {
  test.each([
    [1020, "BUSY", "not-written", true],
    [1021, "DISK_FULL", "not-written", true],
    [1026, "IO", "unknown", false],
    [1034, "CORRUPT", "not-written", false],
    [1040, "UNAVAILABLE", "not-written", true],
    [1044, "UNAVAILABLE", "not-written", false],
    [1045, "UNAVAILABLE", "not-written", false],
    [1049, "UNAVAILABLE", "not-written", false],
    [1053, "UNAVAILABLE", "unknown", true],
    [1059, "INVALID_OPTION", "not-written", false],
    [1062, "CONFLICT", "not-written", false],
    [1064, "SCHEMA_MISMATCH", "not-written", false],
    [1071, "SCHEMA_MISMATCH", "not-written", false],
    [1114, "DISK_FULL", "not-written", true],
    [1142, "READ_ONLY", "not-written", false],
    [1146, "SCHEMA_MISMATCH", "not-written", false],
    [1153, "TOO_LARGE", "not-written", false],
    [1180, "UNAVAILABLE", "unknown", true],
    [1205, "BUSY", "not-written", true],
    [1213, "BUSY", "not-written", true],
    [1290, "READ_ONLY", "not-written", true],
    [1317, "TIMEOUT", "not-written", true],
    [1461, "UNAVAILABLE", "not-written", true],
    [1792, "READ_ONLY", "not-written", true],
    [1927, "UNAVAILABLE", "unknown", true],
    [1969, "TIMEOUT", "not-written", true],
    [3024, "TIMEOUT", "not-written", true],
    [1644, "INTERNAL", "not-written", false],
  ] as const)("%s: %s, %s", (errno, code, outcome, retryable) => {
    const error = mysqlError(driverError(errno), true);
    expect(error).toMatchObject({ code, outcome, retryable, backend: "mysql", cause: { errno } });
    expect(error.message).toContain(String(errno));
    expect(error.hint).not.toBe("");
    expect(mysqlError(driverError(errno), false).outcome, "not sent").toBe("not-written");
    expect(shown(error)).not.toContain("xyzzy");
  });

  test.each([
    ["ECONNREFUSED", "not-written"],
    ["ENOTFOUND", "not-written"],
    ["ECONNRESET", "unknown"],
    ["EPIPE", "unknown"],
    ["PROTOCOL_CONNECTION_LOST", "unknown"],
  ] as const)("%s, of the network: UNAVAILABLE, %s", (name, outcome) => {
    // Node numbers its errors too, below zero.
    const error = mysqlError(driverError(-111, name), true);
    expect(error).toMatchObject({ code: "UNAVAILABLE", outcome, retryable: true, cause: { code: name } });
    expect(shown(error)).not.toContain("xyzzy");
  });

  test("ours stays as it is; what is no error at all is a lost connection", () => {
    const ours = new StorageError("ours", { code: "TIMEOUT" });
    expect(mysqlError(ours, true)).toBe(ours);
    for (const nothing of [null, undefined, "text-xyzzy", 7, new Error("Pool is closed. xyzzy")]) {
      const error = mysqlError(nothing, true);
      expect(error).toMatchObject({ code: "UNAVAILABLE", outcome: "unknown" });
      expect(shown(error)).not.toContain("xyzzy");
    }
  });

  test("a refused statement leaves the connection as good as it was; all else does not", () => {
    for (const errno of [1062, 1213, 1205, 1146]) expect(endsConnection(driverError(errno))).toBe(false);
    for (const error of [driverError(1927), driverError(1153), driverError(-104, "ECONNRESET"), null])
      expect(endsConnection(error)).toBe(true);
  });
});

function shown(error: StorageError): string {
  return `${inspect(error, { depth: 9, showHidden: true })} ${JSON.stringify(error)} ${error.stack}`;
}
