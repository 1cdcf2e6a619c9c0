export { DocumentCache } from "./document-cache.js";
export type { KeptAnswer, KeptReads, RecentMap } from "./document-cache.js";
export { ALONE } from "./guard.js";
export type { CacheGuard } from "./guard.js";
export { KeptDocument, keptFormat } from "./kept-document.js";
export { cacheLimits, isCache } from "./options.js";
export type { CacheLimits, CacheOptions } from "./options.js";
