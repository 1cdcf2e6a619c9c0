import { decodeDocument } from "../../document/decode.js";
import { encodeDocument } from "../../document/encode.js";
import { StorageError } from "../../errors.js";
import { columnValue } from "./column.js";
import type { MigrationDialect, NewRow } from "./dialect.js";
import type { Faults } from "./faults.js";
import { renameFields } from "./rename-fields.js";
import type { Step, Steps } from "./steps.js";
import type { RefilledTable } from "./upgrade.js";

/** How much is in memory at a time: so many rows, and about so many bytes of documents, or one row (rule S15). */
const ROWS = 500;
const BYTES = 4 * 1024 * 1024;

/** The statements that fill one table, for those who want to see them. */
export interface RefillStatements {
  /** Positions and sizes of the next rows after a position. */
  readonly sizes: string;
  /** Documents after a position, up to another. */
  readonly documents: string;
  /** Overwrites the row of a key. */
  readonly overwrite: string;
  /** Finds the row that has the same values, for each rule that no two rows share them. */
  readonly find: readonly string[];
}

export function refillStatements(
  dialect: MigrationDialect,
  refill: RefilledTable,
  standIn: string,
): RefillStatements {
  const { arg, name } = dialect;
  const seq = name("seq");
  const data = name("data");
  const source = dialect.table(dialect.prefix + refill.from.table);
  const target = dialect.table(standIn);
  const values = [...refill.columns.filter((column) => !column.key).map(({ column }) => column), "data"];
  const key = refill.columns.filter((column) => column.key).map(({ column }) => column);
  const equal = (columns: readonly string[], first: number): string[] =>
    columns.map((column, index) => `${name(column)} = ${arg(first + index)}`);
  return {
    sizes: `select ${seq} as ${seq}, ${dialect.size} as ${name("bytes")} from ${source} where ${seq} > ${arg(0)} order by ${seq} limit ${ROWS}`,
    documents: `select ${seq} as ${seq}, ${data} as ${data} from ${source} where ${seq} > ${arg(0)} and ${seq} <= ${arg(1)} order by ${seq}`,
    overwrite: `update ${target} set ${equal(values, 0).join(", ")} where ${equal(key, values.length).join(" and ")}`,
    find: refill.unique.map(
      (columns) =>
        `select ${seq} as ${seq}, ${data} as ${data} from ${target} where ${equal(columns, 0).join(" and ")}`,
    ),
  };
}

/** Fills a stand-in with the rows of the old table, in their order and at their positions, and notes which do not fit. */
export function* refillTable(
  dialect: MigrationDialect,
  refill: RefilledTable,
  standIn: string,
  faults: Faults,
): Steps<void> {
  const statements = refillStatements(dialect, refill, standIn);
  let after = 0;
  for (;;) {
    const last = lastOfChunk(yield { sql: statements.sizes, values: [after] });
    if (last === undefined) return;
    const stored = yield { sql: statements.documents, values: [after, last] };
    const rows: Derived[] = [];
    for (const { seq, data } of stored) {
      const row = derive(refill, Number(seq), data as string, faults);
      if (row !== undefined) rows.push(row);
    }
    for (const group of groupsOf(refill, rows)) {
      const inserted = yield* dialect.insert(standIn, refill, group);
      for (const row of group) {
        if (!inserted.has(row.seq)) yield* settle(dialect, refill, statements, row, faults);
      }
    }
    after = last;
  }
}

function lastOfChunk(sizes: readonly Readonly<Record<string, unknown>>[]): number | undefined {
  let bytes = 0;
  let last: number | undefined;
  for (const size of sizes) {
    bytes += Number(size["bytes"]);
    if (last !== undefined && bytes > BYTES) break;
    last = Number(size["seq"]);
  }
  return last;
}

/** A row, and what it is called in errors. */
interface Derived extends NewRow {
  /** The old key: `{"id":"a"}`. */
  readonly label: string;
}

/** The row of a stored document; undefined where it does not fit, which is noted. */
function derive(refill: RefilledTable, seq: number, data: string, faults: Faults): Derived | undefined {
  const { entity, columns, renames, from } = refill;
  let label = "";
  try {
    const stored = decodeDocument(data) as Readonly<Record<string, unknown>>;
    label = labelOf(stored, from.key);
    let document = stored;
    for (const names of renames) document = renameFields(entity, document, names);
    return {
      seq,
      label,
      values: columns.map((column) => columnValue(entity, column, document)),
      // What is not changed stays byte for byte what it was.
      data: document === stored ? data : encodeDocument(document, entity),
    };
  } catch (error) {
    if (!StorageError.is(error)) throw error;
    faults.add(entity, seq, label, error.message);
    return undefined;
  }
}

function labelOf(document: Readonly<Record<string, unknown>>, key: readonly string[]): string {
  return JSON.stringify(Object.fromEntries(key.map((field) => [field, scalarOrNull(document[field])])));
}

/** Whatever else stands there is not a key, and none of anybody's business (rule S17). */
function scalarOrNull(value: unknown): string | number | boolean | null {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}

/** Rows that are stored together. Where one may give way to a later one, what that frees is there for the next one only then. */
function groupsOf({ unique, onDuplicateKey }: RefilledTable, rows: readonly Derived[]): Derived[][] {
  if (onDuplicateKey === "keep-last" && unique.length > 1) return rows.map((row) => [row]);
  return rows.length === 0 ? [] : [[...rows]];
}

/** Decides about a row that has the key of an earlier one, or shares with one what no two rows may. */
function* settle(
  dialect: MigrationDialect,
  refill: RefilledTable,
  statements: RefillStatements,
  row: Derived,
  faults: Faults,
): Steps<void> {
  const { columns, unique, entity, onDuplicateKey } = refill;
  const bound = new Map(
    columns.map(({ column }, index) => [column, dialect.bind(row.values[index] ?? null)]),
  );
  const valuesOf = (names: readonly string[]): unknown[] => names.map((name) => bound.get(name));
  const rivals: { readonly names: readonly string[]; readonly seq: number; readonly data: string }[] = [];
  for (const [index, names] of unique.entries()) {
    const find: Step = { sql: statements.find[index] as string, values: valuesOf(names) };
    const [rival] = yield find;
    if (rival !== undefined) rivals.push({ names, seq: Number(rival["seq"]), data: rival["data"] as string });
  }
  const [first] = rivals;
  const [key] = unique;
  if (first === undefined || key === undefined) {
    throw new StorageError(
      `${entity} at position ${row.seq} was not stored, and no other row is in its way`,
      {
        code: "INTERNAL",
        entity,
      },
    );
  }
  const hasTakenKey = first.names === key;
  if (hasTakenKey && onDuplicateKey === "keep-first") return;
  const replaces = hasTakenKey && onDuplicateKey === "keep-last";
  const rival = replaces ? rivals.find(({ seq }) => seq !== first.seq) : first;
  if (rival !== undefined) {
    const fields = rival.names.map((name) => columns.find(({ column }) => column === name)?.field ?? name);
    const verb = fields.length === 1 ? "is" : "are";
    faults.add(
      entity,
      row.seq,
      row.label,
      `${fields.join(" and ")} ${verb} also that of ${otherLabel(refill, rival.data)}`,
    );
    return;
  }
  const others = columns.map(({ column }) => column).filter((column) => !key.includes(column));
  yield { sql: statements.overwrite, values: [...valuesOf(others), row.data, ...valuesOf(key)] };
}

/** What another row was called before, out of its document as it is now. */
function otherLabel({ from, renames }: RefilledTable, data: string): string {
  const document = decodeDocument(data) as Readonly<Record<string, unknown>>;
  const nowOf = (field: string): string =>
    renames.reduce((name, names) => (Object.hasOwn(names, name) ? (names[name] as string) : name), field);
  return JSON.stringify(
    Object.fromEntries(from.key.map((field) => [field, scalarOrNull(document[nowOf(field)])])),
  );
}
