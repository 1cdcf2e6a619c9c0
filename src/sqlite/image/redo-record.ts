import { createHash } from "node:crypto";

/** What stands in a redo log: a batch of writes, or the digest of a file that holds everything before it. */
export type RedoEntry =
  | { readonly kind: "batch"; readonly text: string }
  | { readonly kind: "mark"; readonly digest: Buffer };

export const SALT_BYTES = 8;
const NUMBER_OFFSET = SALT_BYTES;
const LENGTH_OFFSET = NUMBER_OFFSET + 4;
const CHECK_OFFSET = LENGTH_OFFSET + 4;
/** SHA-256 is native in Node 20, which CRC-32 is not, and also faster than one in JavaScript; half of it is plenty. */
const CHECK_BYTES = 16;
const PAYLOAD_OFFSET = CHECK_OFFSET + CHECK_BYTES;

const BATCH = 0x42;
const MARK = 0x4d;

/**
 * A record: the log's salt, by which the next record is found behind a damaged one; its number; the payload's length; a
 * checksum of all that; the payload.
 */
export function encodeRecord(salt: Buffer, number: number, entry: RedoEntry): Buffer {
  const content = entry.kind === "batch" ? Buffer.from(entry.text) : entry.digest;
  const record = Buffer.allocUnsafe(PAYLOAD_OFFSET + 1 + content.length);
  salt.copy(record);
  record.writeUInt32LE(number, NUMBER_OFFSET);
  record.writeUInt32LE(1 + content.length, LENGTH_OFFSET);
  record[PAYLOAD_OFFSET] = entry.kind === "batch" ? BATCH : MARK;
  content.copy(record, PAYLOAD_OFFSET + 1);
  checksum(record).copy(record, CHECK_OFFSET);
  return record;
}

/** The record that stands at `offset`, and where it ends; undefined when none stands there whole. */
export function decodeRecord(
  log: Buffer,
  salt: Buffer,
  offset: number,
): { readonly number: number; readonly entry: RedoEntry; readonly end: number } | undefined {
  const payload = offset + PAYLOAD_OFFSET;
  if (payload >= log.length || !log.subarray(offset, offset + SALT_BYTES).equals(salt)) return undefined;
  const end = payload + log.readUInt32LE(offset + LENGTH_OFFSET);
  if (end <= payload || end > log.length) return undefined;
  const record = log.subarray(offset, end);
  if (!checksum(record).equals(record.subarray(CHECK_OFFSET, PAYLOAD_OFFSET))) return undefined;
  const content = record.subarray(PAYLOAD_OFFSET + 1);
  return {
    number: record.readUInt32LE(NUMBER_OFFSET),
    entry:
      record[PAYLOAD_OFFSET] === BATCH
        ? { kind: "batch", text: content.toString() }
        : { kind: "mark", digest: content },
    end,
  };
}

/** Covers everything but itself. */
function checksum(record: Buffer): Buffer {
  return createHash("sha256")
    .update(record.subarray(0, CHECK_OFFSET))
    .update(record.subarray(PAYLOAD_OFFSET))
    .digest()
    .subarray(0, CHECK_BYTES);
}
