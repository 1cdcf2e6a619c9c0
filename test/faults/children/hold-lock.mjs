/** Holds the write lock of an SQLite file, `<file>`, until it is killed. Prints `locked`. */
import Database from "better-sqlite3";
import { print } from "./print.mjs";

const database = new Database(process.argv[2]);
database.exec("begin immediate");
print("locked");
setInterval(() => database.inTransaction, 1_000_000);
