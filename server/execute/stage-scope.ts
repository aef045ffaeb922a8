/** Where a statement's stage references and format names resolve. */

import type { StageTarget } from "../../translator/statements/files.ts";
import type { Property } from "../../translator/statements/properties.ts";
import { valueText } from "../stages/format-values.ts";
import { resolveStage, type StageLocation, type StageScope } from "../stages/staged-files.ts";
import type { Execution } from "./execution.ts";
import { evaluate } from "./read-values.ts";

export function stageScope({
  account,
  session,
}: Pick<Execution, "account" | "session">): StageScope {
  return {
    snapshot: account.catalog.snapshot,
    database: session.database,
    schema: session.schema,
    user: session.user,
    sessionId: String(session.id),
  };
}

/** The place that a stage reference, or a bind with one, means. */
export async function locationOf(
  target: StageTarget,
  execution: Execution,
): Promise<StageLocation> {
  if (typeof target === "string") return resolveStage(target, stageScope(execution));
  const [bound] = await evaluate([target], execution);
  return resolveStage(String(bound?.value ?? ""), stageScope(execution));
}

/** The regular expression of PATTERN. */
export function patternOf(properties: readonly Property[]): string | undefined {
  const given = properties.find(({ name }) => name === "PATTERN");
  return given && valueText(given.value);
}
