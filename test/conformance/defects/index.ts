import { dataDefects } from "./data.js";
import type { Defect } from "./make.js";
import { promiseDefects } from "./promises.js";
import { readDefects } from "./reads.js";

export type { Defect } from "./make.js";

/** Storages that are right but for one thing each. */
export const defects: readonly Defect[] = [...dataDefects, ...readDefects, ...promiseDefects];
