import { asc, defineSchema, desc, entity, get, list, optional, store } from "@gati-framework/storage-codegen";

/** A place in a tree of many levels. */
export interface Leaf {
  a: string;
  b: string;
  c: string;
  d: string;
  e: string;
  f: string;
  g: string;
  depth: number;
  open: boolean;
  weight?: number;
  title?: string;
}

/** A measurement of something, at a time. */
export interface Sample {
  site: string;
  device: string;
  channel: string;
  at: number;
  valid: boolean;
  value?: number;
}

/** Keys and indexes that are longer than an index of MySQL may be. */
export default defineSchema({
  name: "wide",
  contract: "Wide",
  stats: "WideStats",
  module: "wide",
  entities: {
    /** Leaves: nine parts of a key, 3,593 bytes at most. */
    leaf: entity<Leaf>({
      key: ["a", "b", "c", "d", "e", "f", "g", "depth", "open"],
      order: [desc("title"), asc("weight")],
      count: "leaves",
      methods: {
        putLeaf: store(),
        getLeaf: get(
          { a: "a", b: "b", c: "c", d: "d", e: "e", f: "f", g: "g", depth: "depth", open: optional("open") },
          { pick: "last" },
        ),
        leavesOf: list({ a: "a", b: "b", c: "c", d: "d", e: "e", f: "f" }),
        allLeaves: list(),
      },
    }),
    /** Samples: three parts of 512 bytes, a number and a boolean. */
    sample: entity<Sample>({
      key: ["site", "device", "channel", "at", "valid"],
      order: [asc("at"), desc("value")],
      count: "samples",
      methods: {
        putSample: store(),
        getSample: get(
          { site: "site", device: "device", channel: "channel", at: "at", valid: optional("valid") },
          { pick: "last" },
        ),
        samplesOf: list({ site: "site", device: "device", channel: "channel" }),
        validOnes: list({ valid: "valid" }),
      },
    }),
  },
});
