import { registerForeign } from "./register.js";

await registerForeign("sqljs");
