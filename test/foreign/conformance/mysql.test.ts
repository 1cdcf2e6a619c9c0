import { it } from "vitest";

import { absent } from "../../backends/absent.js";
import { mysqlUrl } from "../../mysql/server/server.js";
import { registerForeign } from "./register.js";

if ((await mysqlUrl()) === undefined) it.skip(absent("mysql"));
else await registerForeign("mysql");
