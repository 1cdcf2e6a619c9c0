import { NODE_TYPES, type Unit } from "./units.js";

/** Packages that emitted code needs, with the ranges that fit. */
export interface Needs {
  readonly dependencies: Readonly<Record<string, string>>;
  /** For its tests alone. */
  readonly devDependencies: Readonly<Record<string, string>>;
}

export const NOTHING: Needs = { dependencies: {}, devDependencies: {} };

/** What a plain folder of these units needs. */
export function needsOf(units: readonly Unit[]): Needs {
  const folders = new Set(units.map((unit) => unit.packageName));
  const gathered = (chosen: readonly Unit[]): Record<string, string> =>
    Object.fromEntries(
      chosen
        .flatMap((unit) => Object.entries({ ...unit.dependencies, ...unit.peerDependencies }))
        .filter(([name]) => !folders.has(name)),
    );
  const nodeTypes = units.some((unit) => unit.node) ? NODE_TYPES : {};
  const dependencies = gathered(units.filter((unit) => unit.id !== "testing"));
  const ofTests = Object.entries(gathered(units)).filter(([name]) => !Object.hasOwn(dependencies, name));
  return { dependencies, devDependencies: { ...Object.fromEntries(ofTests), ...nodeTypes } };
}
