import type { PathLike } from "node:fs";

export interface Sent {
  to: Exclude<PathLike, Buffer | URL>;
}
