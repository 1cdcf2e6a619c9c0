export { cloneDocument } from "./clone.js";
export { decodeDocument } from "./decode.js";
export { copyDocument, encodeDocument } from "./encode.js";
export { objectFormat, textFormat, type DocumentFormat } from "./format.js";
export { MAX_DEPTH, MAX_ENCODED_BYTES } from "./limits.js";
