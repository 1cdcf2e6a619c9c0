export { cloneDocument } from "./clone.js";
export { decodeDocument } from "./decode.js";
export { copyDocument, encodeDocument } from "./encode.js";
export { objectFormat, textFormat, type DocumentFormat, type EncodedDocument } from "./format.js";
export { MAX_DEPTH, MAX_ENCODED_BYTES } from "./limits.js";
export { lacksKey, readDocument } from "./read.js";
