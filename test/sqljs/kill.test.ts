import { createSqlJsStorage } from "@gati-framework/storage-sqljs";

import { testKills } from "../faults/kill-files.js";

testKills({
  name: "sqljs",
  kills: 30,
  // So many kills on one file fill its redo log more than once.
  roundsAFile: 20,
  writerOptions: (filename) => ({ filename, autoSave: true }),
  open: (filename, round) => createSqlJsStorage({ filename, autoSave: round % 4 === 3 }),
  looksIn: (round) => round % 2 === 1,
});
