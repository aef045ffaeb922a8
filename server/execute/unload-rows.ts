/** VALIDATION_MODE = RETURN_ROWS: the fields as the files would have them, in columns C1, C2, …. */

import { textType } from "../../translator/types/types.ts";
import type { Execution, StatementResult } from "./execution.ts";
import { UNLOAD_STATEMENT } from "./statement-types.ts";
import type { UnloadPlan } from "./unload-files.ts";
import { fieldTexts } from "./unload-files.ts";

export async function unloadedRows(
  plan: UnloadPlan,
  execution: Execution,
): Promise<StatementResult> {
  const rows = execution.describeOnly ? [] : await fieldTexts(plan, execution);
  return {
    columns: plan.query.columns.map((_, index) => ({
      name: `C${index + 1}`,
      type: textType(16_777_216),
      nullable: true,
    })),
    rows: { kind: "cells", rows },
    statementType: UNLOAD_STATEMENT,
  };
}
