/** What the SQLite backends share: file names, files and result codes. Needs Node. */
export { createFile } from "./create-file.js";
export { fileError } from "./file-error.js";
export { IN_MEMORY, isFilename } from "./filename.js";
export { hasLog, isOurFile, requireWritable } from "./inspect-file.js";
export { sqliteError } from "./sqlite-error.js";
export { ImageFile } from "./image/image-file.js";
export { refuseImageInUse } from "./image/in-use.js";
export { refuseOrphanedRedo } from "./image/redo-name.js";
