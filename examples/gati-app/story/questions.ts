import { HANDLER, gtypes, graph, hooks, manifests, timescape, transformer } from "../catalogue.js";

/** What the server answers to a request. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A question to the server, and what it has to answer. */
export interface Question {
  readonly about: string;
  readonly path: string;
  /** The fields that the story prints of each document; all of them when left out. */
  readonly shown?: readonly string[];
  /** The answer of an application that knows the catalogue. */
  readonly known: Answer;
  /** The answer of one that knows nothing. */
  readonly unknown: Answer;
}

/** How many documents of each kind the catalogue holds. */
export const STATS = {
  manifestCount: manifests.length,
  hookManifestCount: 1,
  gtypeCount: gtypes.length,
  transformerCount: 1,
  versionGraphCount: 1,
  timescapeMetadataCount: 1,
};

const NO_STATS = Object.fromEntries(Object.keys(STATS).map((name) => [name, 0]));
const handler = `/handlers/${HANDLER}`;

export const questions: readonly Question[] = [
  one("the latest version of the handler", handler, manifests[1], ["handlerId", "version", "gtypes"]),
  one("one version of it", `${handler}/versions/1.0.0`, manifests[0], ["handlerId", "version", "gtypes"]),
  many("all its versions, oldest first", `${handler}/versions`, manifests, ["version", "hash"]),
  many(
    "from 1.0.0 to 2.0.0",
    `${handler}/transformers/1.0.0/2.0.0`,
    [transformer],
    ["id", "transformations"],
  ),
  one("its hooks", `${handler}/hooks`, hooks, ["version", "hooks"]),
  one("its version graph", `${handler}/graph`, graph, ["currentVersion", "versions"]),
  one("Timescape metadata", `${handler}/versions/2.0.0/timescape`, timescape, ["fingerprint", "deployment"]),
  one("the type of its response", "/gtypes/UserV2", gtypes[1], ["ref", "kind", "required"]),
  {
    about: "how much is stored",
    path: "/stats",
    known: { status: 200, body: STATS },
    unknown: { status: 200, body: NO_STATS },
  },
];

function one(about: string, path: string, body: unknown, shown: readonly string[]): Question {
  return {
    about,
    path,
    shown,
    known: { status: 200, body },
    unknown: { status: 404, body: { error: "Not Found" } },
  };
}

function many(about: string, path: string, body: unknown, shown: readonly string[]): Question {
  return { about, path, shown, known: { status: 200, body }, unknown: { status: 200, body: [] } };
}
