import { StorageError } from "../errors.js";

/** The error for a document of which another one already has what no two may share. `unique`: `slug; owner and name`. */
export function conflict(entity: string, unique: string): StorageError {
  return new StorageError(`Another ${entity} has the same ${unique.replaceAll("; ", ", or the same ")}`, {
    code: "CONFLICT",
    entity,
    hint: "Change the value, or store the document under the other one's key to overwrite it.",
  });
}
