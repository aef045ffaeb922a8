/** GET_DDL. https://docs.snowflake.com/en/sql-reference/functions/get_ddl */

import type { BoundExpression } from "../../../translator/bind/bound.ts";
import { textConstant } from "../../../translator/bind/fold.ts";
import { getDdl } from "../../catalog/ddl-text.ts";
import { requiredText, type ServerRequest, textArgument } from "./request.ts";

export function boundDdl(request: ServerRequest): BoundExpression {
  const { account, session } = request.execution;
  const type = requiredText(request, 0);
  const name = requiredText(request, 1);
  const text = getDdl(type, name, textArgument(request, 2) === "true", {
    snapshot: account.catalog.snapshot,
    database: session.database,
    schema: session.schema,
    sessionId: String(session.id),
  });
  return textConstant(text);
}
