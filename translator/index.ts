/** The translator as others import it: Snowflake SQL in, DuckDB SQL and Snowflake types out. */

export { SnowflakeError } from "./base/errors.ts";
export type { OutputColumn } from "./bind/bound.ts";
export type { CatalogSnapshot, QualifiedName, Relation, RelationColumn } from "./bind/catalog.ts";
export type { BindContext, TypedValue } from "./bind/context.ts";
export type { LoweredDml } from "./lower/dml.ts";
export { parseStatement, type Statement } from "./statements/statement.ts";
export {
  type NeedsPrequery,
  type TranslatedDml,
  type TranslatedQuery,
  type Translation,
  translate,
  translateStatement,
} from "./translate.ts";
export type { SnowType } from "./types/types.ts";
