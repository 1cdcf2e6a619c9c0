import type { Backend } from "../backends/load-backends.js";
import type { Model } from "../model/model.js";
import type { Unit } from "../output/units.js";

/** The READMEs of all packages, by path. `drafts` holds the code that they describe. */
export async function emitReadme(
  _model: Model,
  _units: readonly Unit[],
  _backends: readonly Backend[],
  _drafts: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  return new Map();
}
