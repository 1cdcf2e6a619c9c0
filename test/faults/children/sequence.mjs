/**
 * Writes a fixed number of rows and ends by itself, without shutdown: `<backend> <options> <first> <count> <mode>`.
 * Modes: `sequential` awaits each write, `batch` calls all in one turn. Prints `done ID` or `failed ID CODE OUTCOME`.
 */
import { openStorage } from "./open.mjs";
import { print } from "./print.mjs";
import { store } from "./documents.mjs";

const [backend, options, first, count, mode] = process.argv.slice(2);
const { exports: storage, init } = openStorage(backend, options);

async function write(id) {
  try {
    await store(storage, "gtype", id, 1);
    print(`done ${id}`);
  } catch (error) {
    print(`failed ${id} ${error.code} ${error.outcome} ${error.name}`);
  }
}

try {
  await init();
  print("open");
} catch (error) {
  print(`refused ${error.code} ${error.name}`);
}
const ids = Array.from({ length: Number(count) }, (_, index) => Number(first) + index);
if (mode === "batch") await Promise.all(ids.map(write));
else for (const id of ids) await write(id);
print(`stats ${storage.getStats().gtypeCount}`);
