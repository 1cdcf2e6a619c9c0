import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

interface Manifest {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** Whoever asks for the packages of a project: this one has all of them. */
const BENCH = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Somebody else's project: a folder with a flat `node_modules`, as npm makes it. What is needed from elsewhere is copied out of the
 * workspace, so that nothing is downloaded.
 */
export class Project {
  readonly folder: string;
  readonly #packed: ReadonlyMap<string, string>;
  readonly #versions = new Map<string, string>();

  /** @param packed folders of the packages that are taken as they would be published, by name */
  constructor(folder: string, packed: ReadonlyMap<string, string>) {
    this.folder = folder;
    this.#packed = packed;
    mkdirSync(folder, { recursive: true });
  }

  /** Installs these packages and all that they ask for. */
  install(names: readonly string[]): this {
    for (const name of names) this.#install(name, BENCH);
    return this;
  }

  /** Bytes of all installed files. */
  size(): number {
    return readdirSync(this.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0);
  }

  #install(name: string, from: string): void {
    const found = find(name, from);
    if (found === undefined) throw new Error(`${name}, which ${from} asks for, is not installed`);
    const content = this.#packed.get(name) ?? found;
    const manifest = JSON.parse(readFileSync(path.join(content, "package.json"), "utf8")) as Manifest;
    const installed = this.#versions.get(name);
    if (installed === manifest.version) return;
    if (installed !== undefined)
      throw new Error(`${name} would be installed twice, as ${installed} and ${manifest.version}`);
    this.#versions.set(name, manifest.version);
    const target = path.join(this.folder, "node_modules", name);
    cpSync(content, target, {
      recursive: true,
      filter: (source) => isPublished(path.relative(content, source)),
    });
    const isOptional = (peer: string) => manifest.peerDependenciesMeta?.[peer]?.optional === true;
    const wanted = [
      ...Object.keys(manifest.dependencies ?? {}),
      ...Object.keys(manifest.peerDependencies ?? {}).filter((peer) => !isOptional(peer)),
      // npm leaves out what does not suit the machine, and so has pnpm.
      ...Object.keys(manifest.optionalDependencies ?? {}).filter((one) => find(one, found) !== undefined),
    ];
    for (const one of wanted) this.#install(one, found);
  }
}

/** Where Node would find a package. */
function find(name: string, from: string): string | undefined {
  // With a path behind it, since some packages have the name of a module of Node's.
  const folders = createRequire(path.join(from, "package.json")).resolve.paths(`${name}/package.json`) ?? [];
  const found = folders.map((folder) => path.join(folder, name)).find((one) => existsSync(one));
  return found === undefined ? undefined : realpathSync(found);
}

/** Of what was compiled on this machine, only the module: a prebuilt one comes without the rest. */
function isPublished(file: string): boolean {
  const parts = file.split(path.sep);
  if (parts.includes("node_modules")) return false;
  if (parts[0] !== "build" || parts.length === 1) return true;
  return parts[1] === "Release" && (parts.length === 2 || (parts.length === 3 && file.endsWith(".node")));
}
