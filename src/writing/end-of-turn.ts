/** Runs a task after everything else of this turn of the event loop, its promises included. Browsers have no `setImmediate`. */
export const endOfTurn: (task: () => void) => void =
  typeof setImmediate === "function" ? setImmediate : (task) => setTimeout(task, 0);
