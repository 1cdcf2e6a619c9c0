import fs from "node:fs";

/** Prints a line, at once and whole: what is printed after an awaited call is an acknowledgement that no kill can take back. */
export function print(line) {
  fs.writeSync(1, `${line}\n`);
}
