export const schema = "app.schema.ts";
