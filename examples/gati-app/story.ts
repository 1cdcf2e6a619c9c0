/** `pnpm start`: runs the application in a folder of its own and tells what it answers. */
import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { knownBackends, loadConfig } from "./config.js";
import { tell } from "./story/tell.js";

const DEFAULT = "better-sqlite3";
const HELP = `Runs a Gati application against a storage backend, restarts it, and shows what it still knows.

  --backend NAME   ${knownBackends().join(", ")}; ${DEFAULT} unless given
  --help           this text`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    // `pnpm start -- --backend x` hands the first `--` on.
    args: process.argv.slice(2).filter((argument, index) => index > 0 || argument !== "--"),
    options: { backend: { type: "string", default: DEFAULT }, help: { type: "boolean", default: false } },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const config = await loadConfig(values.backend);
  const folder = await mkdtemp(path.join(tmpdir(), "gati-app-"));
  const cleanUp = () => rmSync(folder, { recursive: true, force: true });
  // The server notices by itself that nobody is left to listen to it.
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      cleanUp();
      process.exit(1);
    });
  }
  try {
    await tell(values.backend, config, folder);
  } finally {
    cleanUp();
  }
}

try {
  await main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
