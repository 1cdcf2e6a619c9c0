/** A statement of PostgreSQL that takes every row out of the tables of a schema, but for what they say of themselves. */
export function emptySchema(schema: string): string {
  return `do $$
    declare
      item record;
    begin
      for item in
        select tablename as name from pg_catalog.pg_tables where schemaname = '${schema}' and tablename not like '%meta'
      loop
        execute format('delete from %I.%I', '${schema}', item.name);
      end loop;
    end $$`;
}
