/** Who reads the files of a COPY. */

import { isSemiStructured } from "../stages/staged-rows.ts";
import type { FileLoader } from "./copy-context.ts";
import { fieldLoader } from "./copy-fields.ts";
import type { CopyPlan } from "./copy-plan.ts";
import { queryLoader } from "./copy-query.ts";
import type { Execution } from "./execution.ts";

/** The files' rows go through a SELECT, unless fields are columns as they are. */
export async function loaderOf(plan: CopyPlan, execution: Execution): Promise<FileLoader> {
  if (plan.query === undefined && !isSemiStructured(plan.format)) {
    return fieldLoader(plan, execution);
  }
  return queryLoader(plan, execution);
}
