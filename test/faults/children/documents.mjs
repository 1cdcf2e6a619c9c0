/** Documents that parent and child compute alike from an id and a revision, so that every byte can be compared. */

/** The kinds that are written, each with the table it is kept in. */
export const KINDS = ["manifest", "gtype", "transformer"];

const BODY = "äöü—0123456789 abcdefghijklmnopqrstuvwxyz \u{1F600} \\ \" ' ; -- ";

/** The document of `kind` with this id, as of `revision`. Its size, up to some pages of a database, follows from both. */
export function documentOf(kind, id, revision) {
  const seed = (id * 7919 + revision * 104_729) % 97;
  const body = BODY.repeat(seed).slice(0, seed * 60);
  if (kind === "manifest")
    return { handlerId: `handler.${id % 5}`, version: `1.0.${id}`, createdAt: revision, id, revision, body };
  if (kind === "gtype") return { ref: `gtype.${id}`, kind: "object", id, revision, body };
  return {
    id: `transformer.${id}`,
    handlerId: `handler.${id % 5}`,
    fromVersion: "1.0.0",
    toVersion: "2.0.0",
    revision,
    body,
  };
}

export function store(storage, kind, id, revision) {
  const document = documentOf(kind, id, revision);
  if (kind === "manifest") return storage.storeManifest(document);
  if (kind === "gtype") return storage.storeGType(document);
  return storage.storeTransformer(document);
}

/** What is stored for `kind` and `id`. */
export function read(storage, kind, id) {
  if (kind === "manifest") return storage.getManifest(`handler.${id % 5}`, `1.0.${id}`);
  if (kind === "gtype") return storage.getGType(`gtype.${id}`);
  return storage.getTransformer(`transformer.${id}`);
}
