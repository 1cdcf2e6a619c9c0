import { registerConformance } from "@gati-framework/storage-testing";
import { describe, it } from "vitest";

import { absent } from "../backends/absent.js";
import { mysql } from "../backends/mysql.js";
import { mysqlUrl } from "../mysql/server/server.js";

if ((await mysqlUrl()) === undefined) it.skip(absent("mysql"));
else registerConformance({ describe, it }, mysql);
