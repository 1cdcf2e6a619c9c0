export { cloneDocument } from "./clone.js";
export { decodeDocument } from "./decode.js";
export { copyDocument, encodeDocument } from "./encode.js";
export { objectFormat, textFormat, type DocumentFormat, type EncodedDocument } from "./format.js";
export { anyKind, copyKept, keepDocument } from "./kind.js";
export type { DocumentKind, Fields } from "./kind.js";
export { MAX_DEPTH, MAX_ENCODED_BYTES } from "./limits.js";
export { lacksKey, readDocument } from "./read.js";
export {
  containerCount,
  copyAnything,
  copyFlatList,
  copyList,
  copyRecord,
  countOptional,
  countRequired,
  hasOwn,
  isAnything,
  isContainer,
  isFlat,
  isFlatList,
  isListOf,
  isPlainObject,
  isRecordOf,
} from "./shape.js";
