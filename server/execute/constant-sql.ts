/** The DuckDB SQL of a default expression, as a value of a column. */

import { bindExpression } from "../../translator/bind/expressions.ts";
import { EMPTY_ENVIRONMENT } from "../../translator/bind/query-environment.ts";
import { plainScope } from "../../translator/bind/scope-select.ts";
import { lowerExpression, loweringContext } from "../../translator/lower/expressions.ts";
import { Cursor } from "../../translator/parse/cursor.ts";
import { parseExpression } from "../../translator/parse/expressions.ts";
import { createBinder } from "../../translator/translate.ts";
import type { SnowType } from "../../translator/types/types.ts";
import type { Execution } from "./execution.ts";
import { fillPlaceholders } from "./placeholders.ts";

export function constantSql(text: string, type: SnowType, execution: Execution): string {
  const binder = createBinder(text, execution.context);
  const scope = plainScope(binder, EMPTY_ENVIRONMENT, "default");
  const bound = bindExpression(parseExpression(new Cursor(text)), scope, binder);
  const state = { parameter: execution.context.parameter };
  const sql = lowerExpression(bound, state);
  const cast = loweringContext(state).cast({ sql, type: bound.type }, type);
  return fillPlaceholders(cast, execution);
}
