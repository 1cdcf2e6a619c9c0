import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The repository, from `bench/dist/cost`. */
const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** Packs every package of the workspace as it would be published. The folder of each one's content, by its name. */
export function packAll(folder: string): ReadonlyMap<string, string> {
  const report = execFileSync(
    "npx",
    ["-y", "pnpm@12", "-r", "pack", "--json", "--pack-destination", folder],
    {
      cwd: ROOT,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  const packed = JSON.parse(report) as readonly { readonly name: string; readonly filename: string }[];
  return new Map(
    packed.map(({ name, filename }) => {
      const target = path.join(folder, path.basename(filename, ".tgz"));
      mkdirSync(target);
      execFileSync("tar", ["-xzf", filename, "-C", target]);
      return [name, path.join(target, "package")];
    }),
  );
}
