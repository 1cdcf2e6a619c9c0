import type { CliCommand } from "./command.js";
import { generateCommand } from "./generate.js";
import { initCommand } from "./init.js";
import { newBackendCommand } from "./new-backend.js";
import { newEntityCommand } from "./new-entity.js";
import { planCommand } from "./plan.js";
import { releaseCommand } from "./release.js";

/** Every command, in the order of the help. The first runs when none is named. */
export const COMMANDS: readonly [CliCommand, ...CliCommand[]] = [
  generateCommand,
  initCommand,
  newEntityCommand,
  newBackendCommand,
  planCommand,
  releaseCommand,
];
