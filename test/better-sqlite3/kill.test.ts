import { createBetterSqliteStorage } from "@gati-framework/storage-better-sqlite3";

import { testKills } from "../faults/kill-files.js";

testKills({
  name: "better-sqlite3",
  kills: 40,
  roundsAFile: 10,
  writerOptions: (filename) => ({ filename }),
  open: (filename) => createBetterSqliteStorage({ filename }),
  looksIn: () => true,
});
