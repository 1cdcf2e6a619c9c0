/** How many containers may lie within each other, the document itself being the first (rule S4). */
export const MAX_DEPTH = 512;

/** How many bytes of UTF-8 an encoded document may have: 16 MiB (rule S4). */
export const MAX_ENCODED_BYTES = 16 * 1024 * 1024;

/** No value is written with more than this many times its least size, plus the header: a number is the worst. */
const WORST_GROWTH = 32;
const HEADER_ROOM = 64;

/** Whether a document whose text has at least `leastBytes` may be over the limit, so that it must be measured. */
export function mayBeTooLarge(leastBytes: number): boolean {
  return leastBytes * WORST_GROWTH + HEADER_ROOM > MAX_ENCODED_BYTES;
}

/** Whether `text`, which holds no lone surrogate, has more than {@link MAX_ENCODED_BYTES} in UTF-8. */
export function isTooLarge(text: string): boolean {
  if (text.length * 3 <= MAX_ENCODED_BYTES) return false;
  if (text.length > MAX_ENCODED_BYTES) return true;
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    // Each half of a surrogate pair stands for two of its four bytes.
    if (unit > 0x7f) bytes += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return bytes > MAX_ENCODED_BYTES;
}
