/**
 * EXECUTE IMMEDIATE FROM: the statements of a staged file, one after the other; the result is the last one's.
 * https://docs.snowflake.com/en/sql-reference/sql/execute-immediate-from
 */

import { readFile } from "node:fs/promises";
import { SnowflakeError, snowflakeError } from "../../translator/base/errors.ts";
import { positionAt } from "../../translator/base/source.ts";
import { splitStatements } from "../../translator/lex/split.ts";
import { resultOf, runInner } from "../program/scripting/inner-statement.ts";
import { checkDepth } from "../program/scripting/run-script.ts";
import type { StoredResult } from "../results/stored.ts";
import { listFiles, resolveStage } from "../stages/staged-files.ts";
import { asSnowflakeError } from "./errors.ts";
import type { Execution, Handler } from "./execution.ts";
import { stageScope } from "./stage-scope.ts";
import { parseCached } from "./translation-cache.ts";

/** A first line that makes the file a template: `--!jinja`, `--!jinja2`. */
const TEMPLATE = /^--!\s*jinja/i;

/**
 * @throws 001501 when the file is not there, 001503 for a path that is relative to no file, 000002 for templates, and the
 *   error of the statement that failed, with its place in the file
 */
export const executeImmediateFrom: Handler<"execute_immediate_from"> = async (
  { file, using, properties },
  execution,
) => {
  if (!file.startsWith("@")) throw snowflakeError("relativeFile", { file });
  if (using.length > 0 || properties.length > 0) throw noTemplates();
  checkDepth(execution);
  const text = await stagedText(file, execution);
  if (TEMPLATE.test(text)) throw noTemplates();
  const inner = { outer: execution, ownerRights: false, binds: () => undefined };
  let last: StoredResult | undefined;
  try {
    for (const piece of splitStatements(text)) {
      if (execution.isCanceled()) throw snowflakeError("canceled");
      last = await at(piece.start, file, text, () => {
        const ignoreCase = execution.parameters.get("QUOTED_IDENTIFIERS_IGNORE_CASE") === true;
        return runInner(parseCached(piece.text, ignoreCase), piece.text, inner);
      });
    }
  } finally {
    execution.session.forgetAfter(execution.queryId);
  }
  if (last === undefined) throw snowflakeError("emptyStatement");
  return resultOf(last, undefined, last.statementType);
};

function noTemplates() {
  return snowflakeError("unsupportedFeature", { feature: "EXECUTE IMMEDIATE FROM a template" });
}

async function stagedText(file: string, execution: Execution): Promise<string> {
  const location = resolveStage(file, stageScope(execution));
  const found = listFiles(location, execution.account.stages).find(
    ({ path }) => path === location.path,
  );
  if (found !== undefined) return readFile(found.localPath, "utf8");
  const stage = file.slice(0, file.length - location.path.length).replace(/\/$/, "");
  throw snowflakeError("stagedFileNotFound", { file: location.path, stage });
}

async function at<Result>(
  offset: number,
  file: string,
  text: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw placed(asSnowflakeError(error), file, text, offset);
  }
}

/** Code and state stay those of the error inside; the text says where. A stop stays as it is. */
function placed(error: SnowflakeError, file: string, text: string, offset: number): SnowflakeError {
  if (error.sqlState === "57014") return error;
  const { line, position } = positionAt(text, offset);
  const where = `in file ${file} on line ${line} at position ${position}`;
  const message = `Uncaught exception of type 'STATEMENT_ERROR' ${where} : ${error.message}`;
  const outside = new SnowflakeError(error.code, error.sqlState, message);
  outside.cause = error.cause;
  return outside;
}
