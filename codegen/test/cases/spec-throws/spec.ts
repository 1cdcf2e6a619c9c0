import { defineSchema } from "@gati-framework/storage-codegen";

function fail(): never {
  throw new Error(`no spec today, not even in ${import.meta.filename}`);
}

export default defineSchema(fail());
