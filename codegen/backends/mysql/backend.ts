import { defineBackend, type SqlTerm } from "@gati-framework/storage-codegen";

/** The most bytes that the parts of one InnoDB index have together. */
const LONGEST_INDEX = 3072;

/** Bytes of a part: a key has 512 (rule S1), a number is kept in eight, a boolean in one. */
const WIDTHS = { string: 512, number: 8, boolean: 1 } as const;

/** Bytes of the position, which ends every index. */
const POSITION = 8;

export default defineBackend({
  id: "mysql",
  title: "MySQL and MariaDB",
  unit: "own",
  stem: "Mysql",
  description: "Keeps everything in MySQL or MariaDB, shared by as many instances as there are",
  sql: {
    // Bytes are compared as they are, whatever the collation. A double of MySQL has no infinities, so numbers are kept as eight
    // bytes in the order of the numbers.
    columnTypes: { string: "varbinary(512)", number: "binary(8)", boolean: "tinyint(1)" },
    indexTerms,
    fitsUniqueIndex: (terms) => widthOf(terms) <= LONGEST_INDEX,
  },
  node: true,
  promises: {
    keeps: "in InnoDB tables of a MySQL or MariaDB database",
    survives: "everything acknowledged, as the server's own settings promise",
    sharedBy: "any number of processes and machines, through a proxy too",
    installs: "mysql2, plain JavaScript",
    chooseFor: "production on several machines, where MySQL or MariaDB is what there is",
  },
  peerDependencies: { mysql2: "^3.11.0" },
  optionalPeers: ["mysql2"],
  devDependencies: { mysql2: "3.24.6" },
});

/**
 * The parts of an index: what does not fit is cut to a prefix, which finds the same rows. MySQL takes no column twice, nor does it
 * help to order by one that is looked up by. It puts absent values first when ascending and last when descending, as rule S6 does.
 */
function indexTerms(terms: readonly SqlTerm[]): readonly string[] {
  const parts: string[] = [];
  let room = LONGEST_INDEX - POSITION;
  for (const [index, { column, kind, descending }] of terms.entries()) {
    if (terms.findIndex((term) => term.column === column) < index) continue;
    const direction = descending ? " desc" : "";
    if (WIDTHS[kind] > room) {
      if (room > 0) parts.push(`\`${column}\`(${room})${direction}`);
      return parts;
    }
    parts.push(`\`${column}\`${direction}`);
    room -= WIDTHS[kind];
  }
  return [...parts, "`seq`"];
}

function widthOf(terms: readonly SqlTerm[]): number {
  return terms.reduce((sum, { kind }) => sum + WIDTHS[kind], 0);
}
