import { defineSchema } from "@gati-framework/storage-codegen";

function fail(): never {
  throw new Error(`no spec today /^a$/, not even in ${import.meta.filename}:1`);
}

export default defineSchema(fail());
