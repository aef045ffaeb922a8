/**
 * An anonymous block. https://docs.snowflake.com/en/developer-guide/snowflake-scripting/blocks
 */

import { TEXT } from "../../translator/types/types.ts";
import { resultOf, scalarResult } from "../program/scripting/inner-statement.ts";
import { runScript } from "../program/scripting/run-script.ts";
import { Scope } from "../program/scripting/scope.ts";
import type { Handler } from "./execution.ts";
import { SELECT_STATEMENT } from "./statement-types.ts";

const COLUMN = "anonymous block";

/** One column with the returned value, NULL without one; or the table of RETURN TABLE. */
export const block: Handler<"block"> = async ({ text }, execution) => {
  const nothing = { type: TEXT, value: null };
  const script = inPlace(text, execution.text);
  const returned = await runScript(script, new Scope(undefined), execution, false);
  if (returned?.kind === "table") return resultOf(returned.result, undefined, SELECT_STATEMENT);
  const value = returned?.value ?? nothing;
  const shown = value.type.kind === "null" ? nothing : value;
  return scalarResult(COLUMN, shown, SELECT_STATEMENT);
};

/** The block behind blanks for what stands before it, so that lines and positions are those of the whole text. */
function inPlace(text: string, whole: string): string {
  const offset = whole.indexOf(text);
  return offset <= 0 ? text : whole.slice(0, offset).replace(/[^\n]/g, " ") + text;
}
