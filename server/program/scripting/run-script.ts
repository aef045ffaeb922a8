/** Runs a script: a block that stands alone, or a procedure's body. */

import type { BlockStatement } from "../../../translator/ast/scripting.ts";
import { snowflakeError } from "../../../translator/base/errors.ts";
import { parseScript } from "../../../translator/parse/scripting/block.ts";
import type { Execution } from "../../execute/execution.ts";
import { PROGRAM_DEPTH_MAX, SCRIPT_CACHE_LIMIT } from "../../limits.ts";
import { type Returned, runBlock } from "./interpreter.ts";
import { Program } from "./program.ts";
import { Caught, uncaught } from "./raised.ts";
import type { Scope } from "./scope.ts";

const parsed = new Map<string, BlockStatement>();

/** The script's tree; trees are immutable and shared between runs. */
export function parseScriptCached(text: string): BlockStatement {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const block = parseScript(text);
  parsed.set(text, block);
  if (parsed.size > SCRIPT_CACHE_LIMIT) {
    const oldest = parsed.keys().next();
    if (!oldest.done) parsed.delete(oldest.value);
  }
  return block;
}

/**
 * Runs a script to its RETURN or its end.
 * @param text  what error positions count in
 * @param scope its arguments
 * @returns undefined without a RETURN
 * @throws what no handler caught, with the place in the script; 000603 when programs are nested too deep
 */
export async function runScript(
  text: string,
  scope: Scope,
  execution: Execution,
  ownerRights: boolean,
): Promise<Returned | undefined> {
  checkDepth(execution);
  const block = parseScriptCached(text);
  const program = new Program(execution, text, ownerRights);
  try {
    const signal = await runBlock(block, scope, program);
    if (signal === undefined) return undefined;
    if (signal.kind === "return") return signal.returned;
    throw snowflakeError("jumpOutsideLoop", { word: signal.kind.toUpperCase() });
  } catch (error) {
    throw uncaught(error instanceof Caught ? error.raised : error, text);
  } finally {
    execution.session.forgetAfter(execution.queryId);
  }
}

/** @throws 000603 */
export function checkDepth({ depth }: Execution): void {
  if (depth < PROGRAM_DEPTH_MAX) return;
  throw snowflakeError("procedureRecursion", { limit: PROGRAM_DEPTH_MAX });
}
