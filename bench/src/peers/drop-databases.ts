import { dropDatabase } from "./mysql-server.js";

/** A process of its own, for one that is ending: drops the databases that its arguments name. */
await Promise.all(process.argv.slice(2).map((name) => dropDatabase(name)));
