/**
 * Items kept in a total order as they come and go, so that no read sorts (rule S6). Adding at the end, the usual case, costs
 * constant time; finding costs the logarithm of the length.
 */
export class SortedList<T> {
  readonly #items: T[] = [];
  readonly #compare: (a: T, b: T) => number;

  /** `compare` must order any two different items: 0 means the same place. */
  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare;
  }

  /** All items, in order. Not a copy: to be read before the next change. */
  get items(): readonly T[] {
    return this.#items;
  }

  get length(): number {
    return this.#items.length;
  }

  add(item: T): void {
    const items = this.#items;
    const last = items.at(-1);
    if (last === undefined || this.#compare(last, item) < 0) items.push(item);
    else items.splice(this.#lowerBound(item), 0, item);
  }

  remove(item: T): void {
    this.#items.splice(this.#lowerBound(item), 1);
  }

  /** Puts `next` where `previous` is, without moving others when the order allows. */
  replace(previous: T, next: T): void {
    if (this.#compare(previous, next) === 0) {
      this.#items[this.#lowerBound(previous)] = next;
    } else {
      this.remove(previous);
      this.add(next);
    }
  }

  /**
   * Of the items that are greatest by `compareRule`, the first: "the last in order", where ties go to the one stored first.
   * `compareRule` must be a prefix of the list's own order. Undefined when the list is empty.
   */
  last(compareRule: (a: T, b: T) => number): T | undefined {
    const items = this.#items;
    const greatest = items.at(-1);
    if (greatest === undefined) return undefined;
    return items[lowerBound(items, greatest, compareRule)];
  }

  /** Removes each of `gone` that is in the list, in one pass. */
  removeAll(gone: ReadonlySet<T>): void {
    let kept = 0;
    for (const item of this.#items) if (!gone.has(item)) this.#items[kept++] = item;
    this.#items.length = kept;
  }

  /** Index of the first item of which `isBefore` is false; it must be true of all items before, and false of all after. */
  partition(isBefore: (item: T) => boolean): number {
    return partition(this.#items, isBefore);
  }

  #lowerBound(item: T): number {
    return lowerBound(this.#items, item, this.#compare);
  }
}

/** Index of the first of `items` that is not before `item`. */
function lowerBound<T>(items: readonly T[], item: T, compare: (a: T, b: T) => number): number {
  return partition(items, (each) => compare(each, item) < 0);
}

function partition<T>(items: readonly T[], isBefore: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(items[middle] as T)) low = middle + 1;
    else high = middle;
  }
  return low;
}
