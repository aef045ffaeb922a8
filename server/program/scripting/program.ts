/** One run of a block or of a procedure's body: what its statements share. */

import { snowflakeError } from "../../../translator/base/errors.ts";
import type { Span } from "../../../translator/base/source.ts";
import type { TypedValue } from "../../../translator/bind/context.ts";
import { BOOLEAN, INTEGER, NULL_TYPE, TEXT, textType } from "../../../translator/types/types.ts";
import type { Execution } from "../../execute/execution.ts";
import { SCRIPT_TURN_MS } from "../../limits.ts";
import type { StoredResult } from "../../results/stored.ts";
import { asRaised, type Raised, type RaisedType } from "./raised.ts";
import type { Guard, ResultSetVariable, Scope, Variable } from "./scope.ts";

export class Program {
  /** The execution of the block or CALL itself. */
  readonly execution: Execution;
  /** The script that spans point into. */
  readonly text: string;
  /** In an owner's rights procedure session variables are out of reach. */
  readonly ownerRights: boolean;
  /** Blocks that are running, innermost last. */
  guards: Guard[] = [];
  /** The errors that handlers are dealing with, innermost last. */
  readonly errors: Raised[] = [];
  /** RESULTSETs of ASYNC statements that nobody has awaited yet. */
  readonly pending = new Set<ResultSetVariable>();
  #rowCount: number | undefined;
  #queryId: string | undefined;
  #lastTurn = performance.now();

  constructor(execution: Execution, text: string, ownerRights: boolean) {
    this.execution = execution;
    this.text = text;
    this.ownerRights = ownerRights;
  }

  /**
   * Between two statements and once per iteration: lets others have their turn.
   * @throws 000604 when the program was stopped
   */
  async turn(): Promise<void> {
    if (performance.now() - this.#lastTurn >= SCRIPT_TURN_MS) {
      await new Promise((resolve) => setImmediate(resolve));
      this.#lastTurn = performance.now();
    }
    if (this.execution.isCanceled()) throw snowflakeError("canceled");
  }

  /** Runs work whose errors belong to a place of the script. */
  async at<T>(span: Span, type: RaisedType, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw asRaised(error, type, span.start);
    }
  }

  /** Remembers what SQLROWCOUNT and its like tell of a statement that has run. */
  ran({ queryId, stats }: StoredResult): void {
    this.#queryId = queryId;
    if (stats !== undefined) this.#rowCount = stats.inserted + stats.updated + stats.deleted;
  }

  /** The value that a name stands for, with `row.column` for a row; undefined when it is none of a value. */
  value(scope: Scope, name: string, column?: string | undefined): TypedValue | undefined {
    const variable = scope.find(name);
    if (variable === undefined) return column === undefined ? this.#builtIn(name) : undefined;
    return valueIn(variable, column);
  }

  /** https://docs.snowflake.com/en/developer-guide/snowflake-scripting/dml-status */
  #builtIn(name: string): TypedValue | undefined {
    const count = this.#rowCount;
    const error = this.errors.at(-1);
    switch (name) {
      case "SQLROWCOUNT":
        return { type: INTEGER, value: count === undefined ? null : String(count) };
      case "SQLFOUND":
        return { type: BOOLEAN, value: count === undefined ? null : count > 0 };
      case "SQLNOTFOUND":
        return { type: BOOLEAN, value: count === undefined ? null : count === 0 };
      case "SQLID":
        return { type: TEXT, value: this.#queryId ?? null };
      case "SQLCODE":
        return error && { type: INTEGER, value: String(Number(error.code)) };
      case "SQLERRM":
        return error && { type: textType(), value: error.message };
      case "SQLSTATE":
        return error && { type: textType(), value: error.sqlState };
      default:
        return undefined;
    }
  }
}

function valueIn(variable: Variable, column: string | undefined): TypedValue | undefined {
  if (variable.kind === "row")
    return column === undefined ? undefined : variable.columns.get(column);
  if (variable.kind !== "variable" || column !== undefined) return undefined;
  const { type, value } = variable.value;
  return { type: variable.type ?? type ?? NULL_TYPE, value };
}
