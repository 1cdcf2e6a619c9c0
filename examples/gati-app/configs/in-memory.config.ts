import { createInMemoryStorage } from "@gati-framework/storage";
import type { GatiConfig } from "../config.js";

export default {
  server: { host: "127.0.0.1" },
  about: "memory",
  remembers: false,

  modules: (gctx) => {
    // One line is all that a storage needs: it opens by itself, with no init().
    gctx.modules["storage"] = createInMemoryStorage().exports;
  },
} satisfies GatiConfig;
