/** SYSTEM$WAIT: the wait happens before the statement runs. https://docs.snowflake.com/en/sql-reference/functions/system_wait */

import { snowflakeError } from "../../../translator/base/errors.ts";
import type { BoundExpression } from "../../../translator/bind/bound.ts";
import type { Execution } from "../execution.ts";
import { answered, type ServerRequest, textArgument } from "./request.ts";

/** Milliseconds of each unit that SYSTEM$WAIT takes. */
const UNITS: Readonly<Record<string, number>> = {
  DAYS: 86_400_000,
  HOURS: 3_600_000,
  MINUTES: 60_000,
  SECONDS: 1_000,
  MILLISECONDS: 1,
};

/** How often a waiting statement looks whether it was stopped. */
const WAIT_STEP_MS = 50;

export function wait(request: ServerRequest): BoundExpression {
  const given = textArgument(request, 0);
  const count = typeof given === "string" ? Number(given) : Number.NaN;
  const word = (textArgument(request, 1) ?? "SECONDS").toUpperCase();
  const milliseconds = Object.hasOwn(UNITS, word) ? UNITS[word] : undefined;
  if (!(count >= 0) || milliseconds === undefined) {
    throw snowflakeError("constantArgument", { index: 1, name: "SYSTEM$WAIT", found: word });
  }
  return answered(request, async () => {
    await pass(count * milliseconds, request.execution);
    return `waited ${count} ${word.toLowerCase()}`;
  });
}

/** @throws 000604 when the statement is stopped meanwhile */
async function pass(duration: number, { isCanceled }: Execution): Promise<void> {
  for (let left = duration; left > 0; left -= WAIT_STEP_MS) {
    if (isCanceled()) throw snowflakeError("canceled");
    await new Promise((resolve) => setTimeout(resolve, Math.min(left, WAIT_STEP_MS)));
  }
}
