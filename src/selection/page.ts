import { StorageError } from "../errors.js";
import { fromBase64, toBase64 } from "../document/base64.js";
import type { Place, Placed, SelectionValue, StoragePage } from "./selection.js";

const VERSION = 1;

type FieldKind = "string" | "number" | "boolean";

/**
 * A page of what a backend answered when it was asked for one row more than the page holds: the one too many tells that there is
 * a next page. `method` marks the cursor, so that it is not taken for another list's.
 *
 * @param orderOf the values that a document is ordered by. They are the document's, not a row's: some drivers drop a U+FEFF that
 * a text column begins with.
 */
export function pageOf<Data, Document>(
  method: string,
  rows: readonly Placed<Data>[],
  size: number,
  decode: (data: Data) => Document,
  orderOf: (document: Document) => Place,
): StoragePage<Document> {
  const items = rows.slice(0, size).map(({ data }) => decode(data));
  const last = items.at(-1);
  const position = rows[size - 1]?.position;
  if (rows.length <= size || last === undefined || position === undefined) return { items, next: undefined };
  return { items, next: writeCursor(method, [...orderOf(last), position]) };
}

/** Numbers as text, since JSON has no infinite ones. */
function writeCursor(method: string, place: Place): string {
  const values = place.map((value) => (typeof value === "number" ? String(value) : value));
  const bytes = new TextEncoder().encode(JSON.stringify([VERSION, method, ...values]));
  return toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * The place that the option `after` names; undefined when there is none. `kinds` are those of the fields that the list is ordered
 * by. Throws `INVALID_INPUT` for anything but the `next` of a page of the same method.
 */
export function readCursor(
  entity: string,
  method: string,
  kinds: readonly FieldKind[],
  cursor: unknown,
): Place | undefined {
  if (cursor === undefined) return undefined;
  const place = typeof cursor === "string" ? parseCursor(cursor, method, kinds) : null;
  // Only what was written so is ours: other texts may decode to the same bytes.
  if (place !== null && writeCursor(method, place) === cursor) return place;
  throw new StorageError(`${entity}.after is no cursor of ${method}`, {
    code: "INVALID_INPUT",
    entity,
    hint: "Pass the `next` of a page that the same method answered, or leave it out for the first page.",
  });
}

function parseCursor(cursor: string, method: string, kinds: readonly FieldKind[]): Place | null {
  if (!/^[A-Za-z0-9_-]+$/.test(cursor)) return null;
  try {
    const bytes = fromBase64(cursor.replaceAll("-", "+").replaceAll("_", "/"));
    const parts: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (!Array.isArray(parts) || parts.length !== kinds.length + 3) return null;
    const [version, of, ...values] = parts as readonly unknown[];
    if (version !== VERSION || of !== method) return null;
    const place = values.map((value, index) => parseValue(value, kinds[index] ?? "position"));
    return place.includes(undefined) ? null : (place as Place);
  } catch {
    return null;
  }
}

/** Undefined for what no cursor of ours holds. */
function parseValue(value: unknown, kind: FieldKind | "position"): SelectionValue | null | undefined {
  if (kind === "position") {
    const position = typeof value === "string" ? Number(value) : Number.NaN;
    return Number.isSafeInteger(position) ? position : undefined;
  }
  if (value === null) return null;
  if (kind !== "number") return typeof value === kind ? (value as string | boolean) : undefined;
  const number = typeof value === "string" ? Number(value) : Number.NaN;
  return Number.isNaN(number) ? undefined : number;
}
