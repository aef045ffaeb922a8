/**
 * JavaScript of users, run by QuickJS in WebAssembly: no access to the process, bounded in memory and time. Each function
 * has a context of its own, compiled at its first call. Host functions evaluate synchronously, so the module has to be
 * loaded before a statement runs that calls one.
 */

import { getQuickJS, type QuickJSContext, type QuickJSWASMModule } from "quickjs-emscripten";
import { must } from "../../translator/base/assert.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import {
  JAVASCRIPT_CALL_MS_MAX,
  JAVASCRIPT_MEMORY_BYTES_MAX,
  JAVASCRIPT_STACK_BYTES_MAX,
} from "../limits.ts";

let loaded: QuickJSWASMModule | undefined;

/** Loads the engine once per process. */
export async function loadJavaScript(): Promise<void> {
  loaded ??= await getQuickJS();
}

type Thrown = {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly stack?: unknown;
};

/** The file name that stack traces give for lines of the user's code. */
const USER_FILE = "user";
const FRAME = new RegExp(`${USER_FILE}:(\\d+)(?::(\\d+))?`, "g");

/** Lines that stand before the user's code in what is compiled. */
const LINES_BEFORE = 1;

export class Sandbox {
  readonly #name: string;
  readonly #body: string;
  readonly #context: QuickJSContext;
  readonly #invoke: ReturnType<QuickJSContext["newFunction"]>;
  #deadline = 0;

  /**
   * @param name   the function's, for errors
   * @param body   the user's text, for errors
   * @param source one JavaScript expression: a function from text to text or undefined. The user's code begins in its second
   *   line
   * @throws 100132 when it does not compile
   */
  constructor(name: string, body: string, source: string) {
    this.#name = name;
    this.#body = body;
    const runtime = must(loaded, "JavaScript engine not loaded").newRuntime();
    runtime.setMemoryLimit(JAVASCRIPT_MEMORY_BYTES_MAX);
    runtime.setMaxStackSize(JAVASCRIPT_STACK_BYTES_MAX);
    runtime.setInterruptHandler(() => Date.now() > this.#deadline);
    this.#context = runtime.newContext();
    this.#deadline = Date.now() + JAVASCRIPT_CALL_MS_MAX;
    this.#invoke = this.#unwrap(this.#context.evalCode(source, USER_FILE));
  }

  /** @throws 100132 with whatever the code throws, also when it takes too long or too much memory */
  call(input: string): string | undefined {
    const context = this.#context;
    this.#deadline = Date.now() + JAVASCRIPT_CALL_MS_MAX;
    const argument = context.newString(input);
    const result = context.callFunction(this.#invoke, context.undefined, argument);
    argument.dispose();
    const value = this.#unwrap(result);
    const isText = context.typeof(value) === "string";
    const text = isText ? context.getString(value) : undefined;
    value.dispose();
    return text;
  }

  dispose(): void {
    this.#invoke.dispose();
    const { runtime } = this.#context;
    this.#context.dispose();
    runtime.dispose();
  }

  #unwrap(result: ReturnType<QuickJSContext["evalCode"]>) {
    if (result.error === undefined) return result.value;
    const thrown: unknown = this.#context.dump(result.error);
    result.error.dispose();
    throw snowflakeError("javaScript", { detail: this.#describe(thrown) });
  }

  /** `ReferenceError: x is not defined in F at 'return x' position 7`, and the trace. */
  #describe(thrown: unknown): string {
    if (typeof thrown !== "object" || thrown === null) {
      return `${String(thrown)} in ${this.#name}`;
    }
    const { name, message, stack } = thrown as Thrown;
    const said = String(message ?? "").replace(/^'(\w+)' is not defined$/, "$1 is not defined");
    const text = `${String(name ?? "Error")}: ${said} in ${this.#name}`;
    const frames = [...String(stack ?? "").matchAll(FRAME)];
    const [, row, column] = frames.find(([, at]) => Number(at) > LINES_BEFORE) ?? [];
    if (row === undefined) return text;
    const line = Number(row) - LINES_BEFORE;
    const code = (this.#body.split("\n")[line - 1] ?? "").trimEnd();
    const indent = Math.max(Number(column ?? 1) - 1, 0);
    return `${text} at '${code}' position ${indent}\nstackstrace: \n${this.#name} line: ${line}`;
  }
}
