import { KeptDocument } from "./kept-document.js";

/** What a cache needs of a map that forgets what was used least recently. */
export interface RecentMap<Value> {
  get(key: string): Value | undefined;
  /** `size`: how much the entry counts towards the most that the map holds. */
  set(key: string, value: Value, options: { readonly size: number }): unknown;
  delete(key: string): unknown;
  clear(): void;
}

/** What is kept of a read: its document, or that there is none. */
export type KeptAnswer = KeptDocument | typeof NOTHING;

/**
 * The reads of one document, by entity: for each, which parts of the document's key it compares, by their positions; null where it
 * compares anything else.
 */
export type KeptReads = Readonly<Record<string, Readonly<Record<string, readonly number[] | null>>>>;

type KeyPart = string | number | boolean;

/** A read found that there is no such document. */
const NOTHING = Symbol("no document");

/** What an entry takes beside its document, in bytes. */
const ENTRY_BYTES = 200;

/** How much larger a decoded document is than its text, at most: 1.6 to 2.5 times with manifests of 300 to 2,800 characters. */
const DECODED_GROWTH = 3;

/**
 * Keeps the answers of reads of one document. Whoever changes a document says so before the change may be seen: nothing that was
 * read before is kept then, nor what is being read at that moment.
 */
export class DocumentCache {
  readonly #answers: RecentMap<KeptAnswer>;
  readonly #reads: KeptReads;
  /** How the keys of each read's answers begin. With another beginning all of them are out of reach at once. */
  readonly #prefixes = new Map<string, string>();
  /** Counts the changes: an answer that was asked for before one of them may be older than it. */
  #changes = 0;

  constructor(answers: RecentMap<KeptAnswer>, reads: KeptReads) {
    this.#answers = answers;
    this.#reads = reads;
    for (const entity of Object.keys(reads)) this.#forget(entity);
  }

  /** What is kept for this call of a read; otherwise what `load` finds, which is kept from now on. */
  read(
    name: string,
    values: readonly KeyPart[],
    load: () => string | undefined | Promise<string | undefined>,
  ): KeptDocument | undefined | Promise<KeptDocument | undefined> {
    const key = keyOf(this.#prefixes.get(name) as string, values);
    const kept = this.#answers.get(key);
    if (kept !== undefined) return kept === NOTHING ? undefined : kept;
    const asked = this.#changes;
    const found = load();
    return found instanceof Promise
      ? found.then((text) => this.#keep(key, text, asked))
      : this.#keep(key, found, asked);
  }

  /** Notes that the document of this key is changed; without a key, any of the entity's. */
  changed(entity: string, key?: readonly KeyPart[]): void {
    this.#changes++;
    if (key === undefined) return this.#forget(entity);
    for (const [name, positions] of Object.entries(this.#reads[entity] ?? {})) {
      if (positions === null) this.#startAnew(name);
      else
        this.#answers.delete(
          keyOf(
            this.#prefixes.get(name) as string,
            positions.map((at) => key[at] as KeyPart),
          ),
        );
    }
  }

  /** Forgets everything. */
  clear(): void {
    this.#changes++;
    this.#answers.clear();
  }

  #keep(key: string, text: string | undefined, asked: number): KeptDocument | undefined {
    const document = text === undefined ? undefined : new KeptDocument(text);
    if (asked === this.#changes) {
      const size = ENTRY_BYTES + key.length + (text?.length ?? 0) * DECODED_GROWTH;
      this.#answers.set(key, document ?? NOTHING, { size });
    }
    return document;
  }

  #forget(entity: string): void {
    for (const name of Object.keys(this.#reads[entity] ?? {})) this.#startAnew(name);
  }

  /** Answers of the earlier beginning go as others need their room. */
  #startAnew(name: string): void {
    this.#prefixes.set(name, `${name}#${this.#changes}/`);
  }
}

/** No two calls of a read share one: each part tells its length. */
function keyOf(prefix: string, values: readonly KeyPart[]): string {
  let key = prefix;
  for (const value of values) {
    const text = String(value);
    key += `${text.length}:${text}`;
  }
  return key;
}
