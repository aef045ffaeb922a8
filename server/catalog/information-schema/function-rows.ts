/** Rows of FUNCTIONS. https://docs.snowflake.com/en/sql-reference/info-schema/functions */

import { parameterList, resultText } from "../routine-text.ts";
import { orNull, type Rows, yesNo } from "./define.ts";
import { schemas } from "./objects.ts";

const functionRows: Rows = ({ snapshot, database, sessionId }) =>
  schemas(snapshot, database).flatMap((schema) =>
    snapshot
      .list("function", schema.id, sessionId)
      .filter((object) => object.kind === "function")
      .map((routine) => ({
        function_catalog: database.name,
        function_schema: schema.name,
        function_name: routine.name,
        function_owner: orNull(routine.owner),
        argument_signature: parameterList(routine.parameters),
        data_type: resultText(routine.returns),
        function_language: routine.language,
        function_definition: routine.secure ? null : routine.body,
        volatility: routine.language === "SQL" ? null : routine.volatility,
        is_null_call: routine.language === "SQL" ? null : yesNo(!routine.strict),
        is_secure: yesNo(routine.secure),
        created: routine.createdAt,
        last_altered: routine.alteredAt,
        comment: orNull(routine.comment),
        is_external: "NO",
        is_memoizable: yesNo(routine.memoizable),
        is_data_metric: "NO",
        is_aggregate: "NO",
      })),
  );

export const FUNCTION_VIEWS: Readonly<Record<string, Rows>> = { FUNCTIONS: functionRows };
