/**
 * JavaScript procedures: the body is the body of a function whose parameters are the arguments' names as stored.
 * https://docs.snowflake.com/en/developer-guide/stored-procedure/stored-procedures-javascript
 */

import type { QuickJSHandle } from "quickjs-emscripten";
import { SnowflakeError, snowflakeError } from "../../../translator/base/errors.ts";
import type { TypedValue } from "../../../translator/bind/context.ts";
import type { SnowType } from "../../../translator/types/types.ts";
import type { Execution } from "../../execute/execution.ts";
import type { Routine } from "../procedures/routine.ts";
import type { Inner } from "../scripting/inner-statement.ts";
import { ProcedureEngine } from "./engine.ts";
import { BODY_FILE, PRELUDE } from "./prelude.ts";
import { ProcedureStatements } from "./statements.ts";
import { cellOf, type JsCell, valueOfCell } from "./values.ts";

/**
 * Runs a procedure to its return.
 * @throws 100183 with whatever the code throws, also when it takes too long or too much memory
 */
export async function runJavaScript(
  routine: Routine,
  args: readonly TypedValue[],
  inner: Inner,
): Promise<TypedValue> {
  const { session, queryId, parameters, isCanceled } = inner.outer;
  const engine = await ProcedureEngine.open(stopOf(inner.outer));
  try {
    const statements = new ProcedureStatements(inner);
    const cells = args.map((value) => cellOf(value, parameters));
    const text = await new Run(engine, routine, statements).call(JSON.stringify(cells));
    return returnedValue(JSON.parse(text) as JsCell, routine);
  } catch (error) {
    // While the code computed, nobody could say that the statement was stopped; now the timer has its turn.
    await new Promise((resolve) => setTimeout(resolve, 1));
    throw isCanceled() ? snowflakeError("canceled") : error;
  } finally {
    engine.close();
    session.forgetAfter(queryId);
  }
}

/** Whether the statement was stopped, or has run for longer than STATEMENT_TIMEOUT_IN_SECONDS. */
function stopOf({ isCanceled, parameters }: Execution): () => boolean {
  const seconds = Number(parameters.get("STATEMENT_TIMEOUT_IN_SECONDS"));
  const end = seconds > 0 ? Date.now() + seconds * MS_PER_SECOND : Number.POSITIVE_INFINITY;
  return () => isCanceled() || Date.now() > end;
}

const MS_PER_SECOND = 1_000;

/** Numbers become text as JavaScript writes them. */
function returnedValue(cell: JsCell, { returns }: Routine): TypedValue {
  const type: SnowType | undefined = returns.kind === "value" ? returns.type : undefined;
  if (type?.kind === "text" && cell !== null && (cell.k === "n" || cell.k === "b")) {
    return valueOfCell({ k: "s", v: String(cell.v) });
  }
  if (type?.kind === "text" && cell?.k === "d" && cell.v.text !== undefined) {
    return valueOfCell({ k: "s", v: cell.v.text });
  }
  if (type?.kind === "variant" && cell !== null && (cell.k === "s" || cell.k === "b")) {
    return valueOfCell({ k: "j", v: JSON.stringify(cell.v) });
  }
  return valueOfCell(cell);
}

/** A function that calls another with the arguments; what it needs is no longer global when the body runs. */
const TAKE_GLOBALS =
  "(() => { const call = __call, given = __arguments; delete globalThis.__call; " +
  "delete globalThis.__arguments; return (body) => call(body, given); })()";

/** One call: the handles that it holds. */
class Run {
  readonly #engine: ProcedureEngine;
  readonly #routine: Routine;
  readonly #statements: ProcedureStatements;
  readonly #handles: QuickJSHandle[] = [];

  constructor(engine: ProcedureEngine, routine: Routine, statements: ProcedureStatements) {
    this.#engine = engine;
    this.#routine = routine;
    this.#statements = statements;
  }

  async call(argumentsText: string): Promise<string> {
    const { context } = this.#engine;
    let release: QuickJSHandle | undefined;
    try {
      const make = this.#held(this.#unwrap(context.evalCode(PRELUDE, "prelude"), undefined));
      const hosts = [
        this.#engine.hostFunction("execute", (sql, binds) => this.#statements.execute(sql, binds)),
        this.#engine.hostFunction("rows", (queryId) => this.#statements.rows(queryId)),
      ].map((handle) => this.#held(handle));
      const api = this.#held(
        this.#unwrap(context.callFunction(make, context.undefined, ...hosts), undefined),
      );
      release = this.#held(context.getProp(api, "release"));
      const describe = this.#held(context.getProp(api, "describe"));
      const call = this.#held(context.getProp(api, "call"));
      context.setProp(context.global, "__call", call);
      context.setProp(context.global, "__arguments", this.#held(context.newString(argumentsText)));
      const result = await context.evalCodeAsync(this.#source(), BODY_FILE);
      const value = this.#held(this.#unwrap(result, describe));
      return context.typeof(value) === "string" ? context.getString(value) : "null";
    } catch (error) {
      if (error instanceof SnowflakeError) throw error;
      // A statement from too deep inside of functions: the engine cannot wait there.
      this.#engine.abandon();
      const { name } = this.#routine;
      const message = "InternalError: stack overflow";
      const failed = snowflakeError("procedureFailed", { name, message, place: "" });
      failed.cause = error;
      throw failed;
    } finally {
      this.#letGo(release);
    }
  }

  #letGo(release: QuickJSHandle | undefined): void {
    if (this.#engine.isBroken) return;
    const { context } = this.#engine;
    if (release !== undefined) {
      const done = context.callFunction(release, context.undefined);
      (done.error ?? done.value).dispose();
    }
    for (const handle of this.#handles.reverse()) handle.dispose();
  }

  /** The body begins in the first line, as the lines of its stack traces count. */
  #source(): string {
    const names = ["snowflake", "SfDate", ...this.#routine.parameters.map(({ name }) => name)];
    return `${TAKE_GLOBALS}(function (${names.join(", ")}) {${this.#routine.body}\n})`;
  }

  #held<Handle extends QuickJSHandle>(handle: Handle): Handle {
    this.#handles.push(handle);
    return handle;
  }

  #unwrap(
    result: Awaited<ReturnType<ProcedureEngine["context"]["evalCodeAsync"]>>,
    describe: QuickJSHandle | undefined,
  ): QuickJSHandle {
    if (result.error === undefined) return result.value;
    const { context } = this.#engine;
    const thrown = this.#held(result.error);
    const { name } = this.#routine;
    const said =
      describe === undefined
        ? undefined
        : context.callFunction(describe, context.undefined, thrown);
    if (said === undefined || said.error !== undefined) {
      said?.error?.dispose();
      throw snowflakeError("procedureFailed", { name, message: "out of memory", place: "" });
    }
    const text = context.getString(this.#held(said.value));
    const { message, place } = JSON.parse(text) as { message: string; place: string };
    const at = place === "" ? "" : `\nAt ${place}`;
    throw snowflakeError("procedureFailed", { name, message, place: at });
  }
}
