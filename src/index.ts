/** What generated storage backends call. Hand-written, small, and without dependencies on any database. */
export { StorageError } from "./errors.js";
export type { StorageErrorCode, StorageErrorDetails, StorageErrorOutcome, StorageKey } from "./errors.js";
export * from "./document/index.js";
export { conflict } from "./keys/conflict.js";
export { MAX_KEY_BYTES } from "./keys/limits.js";
export {
  indexedBoolean,
  indexedNumber,
  indexedString,
  keyBoolean,
  keyNumber,
  keyString,
} from "./keys/stored.js";
export { lookupBoolean, lookupNumber, lookupString } from "./keys/lookup.js";
export { Gate } from "./lifecycle/gate.js";
export { defineModule } from "./lifecycle/define-module.js";
export type { ModuleDefinition } from "./lifecycle/define-module.js";
export { findStorage } from "./lifecycle/find-storage.js";
export { registerStorage } from "./lifecycle/host.js";
export type { HostContext } from "./lifecycle/host.js";
export type { BackendLifecycle, HostModule, StorageCapabilities } from "./lifecycle/module.js";
export { checkOptions, invalidOption, nearestName } from "./options/options.js";
export type { OptionCheck, OptionChecks } from "./options/options.js";
export { isSchemaName } from "./options/identifiers.js";
export {
  isBoolean,
  isFunction,
  isMilliseconds,
  isOneOf,
  isTablePrefix,
  isWholeNumber,
} from "./options/checks.js";
export { compareBooleans, compareNumbers, compareStrings } from "./ordering/compare.js";
export type { IndexValue } from "./ordering/compare.js";
export { deleteAt, leavesOf, listAt, listEntry, mapAt, setAt, unlistEntries } from "./ordering/entry.js";
export type { Entry } from "./ordering/entry.js";
export { SortedList } from "./ordering/sorted-list.js";
export {
  boundNumber,
  boundString,
  checkLimit,
  DEFAULT_PAGE,
  filterBoolean,
  filterNumber,
  filterString,
  selectionOptions,
} from "./selection/options.js";
export { pageOf, readCursor } from "./selection/page.js";
export { countItems, selectItems } from "./selection/select-items.js";
export type { ListRules } from "./selection/select-items.js";
export type { Place, Placed, Selection, SelectionValue, StoragePage } from "./selection/selection.js";
export { CallQueue } from "./writing/call-queue.js";
export type { CallQueueOptions } from "./writing/call-queue.js";
export { TurnQueue } from "./writing/turn-queue.js";
export type { Outcomes, TurnQueueOptions } from "./writing/turn-queue.js";
