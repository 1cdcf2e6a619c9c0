/** A place in a `Map` or a `Set`, which has no name in JavaScript. */
export interface UnnamedPlace {
  readonly place: string;
}

/** One step of a path: a property, an index, or a place in a `Map` or a `Set`. */
export type Segment = string | number | UnnamedPlace;

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
const LONGEST_NAME = 64;
const MOST_SEGMENTS = 24;
const KEPT_AT_THE_END = 8;

function renderSegment(segment: Segment, first: boolean): string {
  if (typeof segment === "number") return `[${segment}]`;
  if (typeof segment === "object") return first ? segment.place : `.${segment.place}`;
  const name = segment.length > LONGEST_NAME ? `${segment.slice(0, LONGEST_NAME)}…` : segment;
  if (!IDENTIFIER.test(name)) return `[${JSON.stringify(name)}]`;
  return first ? name : `.${name}`;
}

/**
 * `path[1..length]` as a person writes it: `transformations[0].details["a b"]`. Long names and the middle of long
 * paths are left out.
 */
export function renderPath(path: readonly Segment[], length: number): string {
  const segments = path.slice(1, length + 1);
  const rendered = segments.map((segment, index) => renderSegment(segment, index === 0));
  if (rendered.length > MOST_SEGMENTS) {
    rendered.splice(MOST_SEGMENTS - KEPT_AT_THE_END, rendered.length - MOST_SEGMENTS, "…");
  }
  return rendered.join("");
}
