import { registerForeign } from "./register.js";

await registerForeign("in-memory");
