import type { GatiConfig } from "../config.js";
import { ask, requireAnswer } from "./ask.js";
import { startCompanion } from "./companion.js";
import { chapter, exchange, remark } from "./narrate.js";
import { type Answer, type Question, STATS, questions } from "./questions.js";
import { ServerProcess } from "./server-process.js";

/**
 * Starts the application, registers a handler, asks about it, restarts the application and asks again.
 *
 * @throws Error when an answer is not what it should be.
 */
export async function tell(backend: string, config: GatiConfig, folder: string): Promise<void> {
  console.log(`A Gati application keeps what it knows of its handlers in ${config.about}.`);
  if (config.needs === undefined) return tellOn({ backend, folder, environment: {} }, config);
  const companion = await startCompanion(config.needs);
  remark(companion.about);
  try {
    await tellOn({ backend, folder, environment: companion.environment }, config);
  } finally {
    await companion.stop();
  }
}

/** How the application is started. */
interface Stage {
  readonly backend: string;
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
}

async function tellOn(stage: Stage, config: GatiConfig): Promise<void> {
  chapter("1. Start it, and register two versions of a handler");
  await serve(stage, async (url) => {
    const registered = await ask(url, "POST", "/register");
    requireAnswer("/register", registered, { status: 201, body: STATS });
    exchange("POST /register", "everything in one transaction", registered);

    chapter("2. Ask the running application");
    await askAll(url, ({ known }) => known);
    await askHealth(url);
  });

  chapter(
    `3. Start it again${config.remembers ? " on the same data" : ""}, register nothing, and ask once more`,
  );
  await serve(stage, async (url) => {
    await askAll(url, config.remembers ? ({ known }) => known : ({ unknown }) => unknown);
  });

  chapter(
    config.remembers
      ? "It was restarted, and every answer is the same as before."
      : "It was restarted, and has forgotten everything: memory ends with the process. Choose a durable backend to keep it.",
  );
}

async function serve(stage: Stage, visit: (url: string) => Promise<void>): Promise<void> {
  const server = await ServerProcess.start(stage.backend, stage.folder, stage.environment);
  try {
    remark(`listening on ${server.url}`);
    await visit(server.url);
    await server.stop();
    remark("stopped in good order (SIGTERM)");
  } catch (error) {
    server.kill();
    throw new Error(`The server printed:\n${server.printed}\n${(error as Error).message}`, { cause: error });
  }
}

async function askAll(url: string, expected: (question: Question) => Answer): Promise<void> {
  for (const question of questions) {
    // oxlint-disable-next-line no-await-in-loop -- a story is told in order
    const answer = await ask(url, "GET", question.path);
    requireAnswer(question.path, answer, expected(question));
    exchange(`GET ${question.path}`, question.about, answer, question.shown);
  }
}

async function askHealth(url: string): Promise<void> {
  const answer = await ask(url, "GET", "/health");
  exchange("GET /health", "Gati's health checks", answer);
  requireAnswer("/health", { ...answer, body: undefined }, { status: 200, body: undefined });
}
