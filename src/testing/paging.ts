/* oxlint-disable no-await-in-loop -- each page names the next */
import assert from "node:assert/strict";

import { call } from "./case.js";
import { argumentsFor, type Document, groupOf, isKey, shuffled, withField } from "./documents.js";
import type { EntityFacts, ReadFacts } from "./facts.js";
import type { DynamicContract } from "./initializer.js";
import { assertSame } from "./same.js";
import { ORDER_VALUES } from "./values.js";
import type { Witness } from "./witness.js";

export interface Page {
  readonly items: readonly Document[];
  readonly next: string | undefined;
}

/** Documents that `read` finds by the same arguments, ordered by values of every sort, many of them twice. */
export function pageable(entity: EntityFacts, read: ReadFacts, count: number): Document[] {
  return shuffled(groupOf(entity, read, count)).map((document, n) => {
    let result = document;
    for (const [depth, { field }] of entity.order.entries()) {
      const isFixed = read.params.some((param) => param.field.name === field.name) || isKey(entity, field);
      const values = ORDER_VALUES[field.kind];
      if (!isFixed) result = withField(result, field, values[(n >> depth) % values.length]);
    }
    return result;
  });
}

/** One page. */
export async function readPage(
  storage: DynamicContract,
  read: ReadFacts,
  document: Document,
  options: Document,
): Promise<Page> {
  const answer = (await call(storage, read.method, [...argumentsFor(read, document), options])) as Page;
  assertSame(Object.keys(answer), ["items", "next"], "members of a page");
  assert.ok(answer.next === undefined || typeof answer.next === "string", "next is a cursor or undefined");
  return answer;
}

/** Every item, page by page; `between` is called after each page that is not the last. */
export async function walk(
  storage: DynamicContract,
  read: ReadFacts,
  document: Document,
  options: Document,
  between: (items: readonly Document[]) => Promise<void> = async () => {},
): Promise<Document[][]> {
  const pages: Document[][] = [];
  let after: string | undefined;
  do {
    const page = await readPage(storage, read, document, { ...options, after });
    assert.ok(
      page.next === undefined || page.items.length > 0,
      "a page that is not the last holds something",
    );
    pages.push([...page.items]);
    assert.ok(pages.length < 1000, "the pages do not end");
    after = page.next;
    if (after !== undefined) await between(page.items);
  } while (after !== undefined);
  return pages;
}

export function wholeOf(
  witness: Witness,
  read: ReadFacts,
  document: Document,
  options: Document = {},
): Document[] {
  return [...(witness.expected(read, document, false, options) as Page).items];
}
