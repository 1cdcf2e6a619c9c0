import { registerForeign } from "./register.js";

await registerForeign("kysely-sqlite");
