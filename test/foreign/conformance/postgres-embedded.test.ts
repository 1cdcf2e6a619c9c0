import { registerForeign } from "./register.js";

await registerForeign("postgres-embedded");
