import { once } from "node:events";

import { type FSWatcher, watch } from "chokidar";

/** Watches folders, and more of them as they become known. Files are not watched by themselves: moved away, they would be lost. */
export class Folders {
  readonly #watchers: FSWatcher[] = [];
  readonly #known = new Set<string>();

  /** @param changed is told of each file that was changed, made or removed */
  constructor(private readonly changed: (file: string) => void) {}

  /** Watches these folders as well, from when it resolves. With `deep`, everything below them too. */
  async add(folders: readonly string[], { deep = false } = {}): Promise<void> {
    const added = [...new Set(folders)].filter((folder) => !this.#known.has(folder));
    if (added.length === 0) return;
    for (const folder of added) this.#known.add(folder);
    const watcher = watch(added, { ignoreInitial: true, ...(deep ? {} : { depth: 0 }) });
    this.#watchers.push(watcher);
    watcher.on("all", (_, file) => this.changed(file));
    await once(watcher, "ready");
  }

  async close(): Promise<void> {
    await Promise.all(this.#watchers.map((watcher) => watcher.close()));
  }
}
