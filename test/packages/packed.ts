import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

export const ROOT = path.resolve(import.meta.dirname, "../..");

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly private?: boolean;
  readonly sideEffects?: boolean;
  readonly generatedBy?: string;
  readonly engines?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** A package as the registry would get it. */
export interface PackedPackage {
  readonly manifest: Manifest;
  /** The `.tgz` file. */
  readonly tarball: string;
  /** Subresource integrity of the tarball. */
  readonly integrity: string;
  /** Where its content was unpacked. */
  readonly content: string;
  /** Every file in it, relative to `content`, with `/`. */
  readonly files: readonly string[];
}

interface PackReport {
  readonly name: string;
  readonly filename: string;
  readonly integrity: string;
}

/** An empty folder outside the workspace, so that nothing of ours is found by accident. */
export function temporaryFolder(): string {
  return fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "storage-packages-")));
}

/** Packs every package of the workspace that is not private, into `folder`, as `pnpm publish` would. */
export function packAll(folder: string): PackedPackage[] {
  const reports = JSON.parse(
    execFileSync("npx", ["-y", "pnpm@12", "-r", "pack", "--json", "--pack-destination", folder], {
      cwd: ROOT,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      maxBuffer: 64 * 1024 * 1024,
    }),
  ) as PackReport[];
  return reports.map((report) => unpack(report, folder)).filter(({ manifest }) => manifest.private !== true);
}

function unpack(report: PackReport, folder: string): PackedPackage {
  const target = path.join(folder, path.basename(report.filename, ".tgz"));
  fs.mkdirSync(target);
  execFileSync("tar", ["-xzf", report.filename, "-C", target]);
  const content = path.join(target, "package");
  return {
    manifest: JSON.parse(fs.readFileSync(path.join(content, "package.json"), "utf8")) as Manifest,
    tarball: report.filename,
    integrity: report.integrity,
    content,
    files: fs
      .readdirSync(content, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        path.relative(content, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"),
      )
      .toSorted(),
  };
}
