import type { Project, SourceFile } from "ts-morph";
import type { Locator } from "../load/locate.js";
import type { Problems } from "./problems.js";

/** The way to a value in the evaluated spec: `["entities", "job", "key", 0]`. */
export type DataPath = readonly (string | number)[];

/** A spec that has been opened: what resolving it needs beside the evaluated object. */
export interface SpecSource {
  readonly project: Project;
  readonly spec: SourceFile;
  readonly locator: Locator;
  readonly problems: Problems;
  /** A file's path relative to the root, with `/`. */
  readonly pathOf: (file: SourceFile) => string;
}
