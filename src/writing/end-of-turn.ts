/** Runs a task after everything else of this turn of the event loop, its promises included. Browsers have no `setImmediate`. */
export const endOfTurn: (task: () => void) => void =
  typeof setImmediate === "function" ? setImmediate : (task) => setTimeout(task, 0);

const RESOLVED = Promise.resolve();

/**
 * Runs a task when no promise of this turn has anything left to do, without waiting for the turn to end, which takes a pass of the
 * event loop. Outside Node, at the end of the turn.
 */
export const afterPromises: (task: () => void) => void =
  typeof process === "object" && typeof process.nextTick === "function"
    ? // A tick runs before promises do, unless it was asked for by one of them: then after all of them.
      (task) => void RESOLVED.then(() => process.nextTick(task))
    : endOfTurn;
