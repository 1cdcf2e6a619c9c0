import { registerForeign } from "./register.js";

await registerForeign("better-sqlite3-file-cached");
