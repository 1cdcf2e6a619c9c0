import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { createJiti } from "jiti";

import type { BackendDescriptor } from "./descriptor.js";

/** A backend's facts and its templates. */
export interface Backend {
  readonly descriptor: BackendDescriptor;
  readonly templates: readonly BackendTemplate[];
  /** The template of the README's middle. */
  readonly usage: string;
}

export interface BackendTemplate {
  /** Absolute path of the template. */
  readonly file: string;
  /** Path in the unit, without extension; may hold `{entity}`. */
  readonly path: string;
}

/** The folders of backends that come with this package. */
const BUNDLED_BACKENDS = fileURLToPath(new URL("../../backends", import.meta.url));

/** Every backend under `folder`, by name. */
export async function loadBackends(folder: string = BUNDLED_BACKENDS): Promise<Backend[]> {
  const here = fileURLToPath(new URL("../index.js", import.meta.url));
  const jiti = createJiti(import.meta.url, {
    fsCache: false,
    moduleCache: false,
    alias: { "@gati-framework/storage-codegen": here },
  });
  const ids = fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
  return Promise.all(
    ids.map(async (id) => {
      const descriptor = await jiti.import<BackendDescriptor>(path.join(folder, id, "backend.ts"), {
        default: true,
      });
      if (descriptor.id !== id) throw new Error(`backends/${id}/backend.ts declares the id ${descriptor.id}`);
      return {
        descriptor,
        templates: findTemplates(path.join(folder, id)),
        usage: path.join(folder, id, "usage.md.hbs"),
      };
    }),
  );
}

function findTemplates(folder: string): BackendTemplate[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts.hbs"))
    .map((name) => ({
      file: path.join(folder, name),
      path: name
        .split(path.sep)
        .join("/")
        .replace(/\.ts\.hbs$/, ""),
    }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
