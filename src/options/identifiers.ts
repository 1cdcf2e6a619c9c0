import { invalidOption, type OptionCheck } from "./options.js";

/** A schema of the database: letters of the SQL-safe kind only, since an identifier cannot be bound (rule S18). */
export const isSchemaName: OptionCheck = (value, name, backend) => {
  if (typeof value !== "string" || !/^[a-z_][a-z0-9_]{0,62}$/.test(value) || value.startsWith("pg_")) {
    throw invalidOption(
      backend,
      name,
      "is not a safe name of a schema",
      "Use 1 to 63 of a-z, 0-9 and _, not starting with a digit or `pg_`.",
    );
  }
};
