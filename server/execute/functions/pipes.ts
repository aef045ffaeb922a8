/** System functions of pipes. https://docs.snowflake.com/en/sql-reference/functions/system_pipe_status */

import { snowflakeError } from "../../../translator/base/errors.ts";
import type { BoundExpression } from "../../../translator/bind/bound.ts";
import { type PipeObject, withPaused } from "../../catalog/pipe-object.ts";
import { lastIngested } from "../../stages/load/load-history.ts";
import type { Execution } from "../execution.ts";
import { pipeNamed } from "../pipe.ts";
import { writtenName } from "../task-changes.ts";
import { answered, requiredText, type ServerRequest, textArgument } from "./request.ts";

const OWNERSHIP_OVERRIDE = "OWNERSHIP_TRANSFER_CHECK_OVERRIDE";
const OVERRIDES: ReadonlySet<string> = new Set(["STALENESS_CHECK_OVERRIDE", OWNERSHIP_OVERRIDE]);

/** The pipe that the first argument names. @throws 002003 when there is none */
function namedPipe(request: ServerRequest): PipeObject {
  const { execution, call } = request;
  return pipeNamed(writtenName(requiredText(request, 0)), call.entry.name, execution);
}

/** The state of a pipe as JSON; members that do not apply are missing. */
export function pipeStatus(request: ServerRequest): BoundExpression {
  return answered(request, () => statusText(namedPipe(request), request.execution));
}

async function statusText(pipe: PipeObject, { account, session }: Execution): Promise<string> {
  const { state, error, failedAt, isFault = false } = account.pipes.status(pipe);
  const pending = account.pipes.pending(pipe);
  const [oldest] = pending;
  const last = await session.transactions.read((connection) => lastIngested(connection, pipe.id));
  const time = (at: number | undefined) => at && new Date(at).toISOString();
  return JSON.stringify({
    executionState: state,
    oldestPendingFilePath: oldest?.path,
    oldestFileTimestamp: time(oldest?.receivedAt),
    pendingFileCount: pending.length,
    lastPipeErrorTimestamp: isFault ? undefined : time(failedAt),
    lastPipeFaultTimestamp: isFault ? time(failedAt) : undefined,
    lastIngestedTimestamp: time(last?.loadedAt),
    lastIngestedFilePath: last?.path,
    error: isFault ? undefined : error?.message,
    fault: isFault ? error?.message : undefined,
  });
}

/**
 * Lets a paused pipe go on, also after it has changed hands.
 * https://docs.snowflake.com/en/sql-reference/functions/system_pipe_force_resume
 * @throws 001008 for a word that is no override
 */
export function pipeForceResume(request: ServerRequest): BoundExpression {
  const { execution } = request;
  // Without a second argument the ownership may have changed, as it always might.
  const given = textArgument(request, 1) ?? OWNERSHIP_OVERRIDE;
  const overrides = given.split(",").map((word) => word.trim().toUpperCase());
  const unknown = overrides.find((word) => !OVERRIDES.has(word));
  if (unknown !== undefined) {
    throw snowflakeError("invalidParameterValue", { value: unknown, name: "override" });
  }
  return answered(request, async () => {
    const { id } = namedPipe(request);
    await execution.ddl(async (snapshot) => {
      const pipe = snapshot.get(id);
      if (pipe?.kind !== "pipe") return { changes: [], result: undefined };
      if (pipe.transferred === true && !overrides.includes(OWNERSHIP_OVERRIDE)) {
        const feature = `SYSTEM$PIPE_FORCE_RESUME without ${OWNERSHIP_OVERRIDE} of a pipe that changed hands`;
        throw snowflakeError("unsupportedFeature", { feature });
      }
      const object = { ...withPaused(pipe, false), transferred: undefined };
      return { changes: [{ kind: "put", object }], result: undefined };
    });
    return "Statement executed successfully.";
  });
}
