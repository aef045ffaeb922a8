/**
 * QuickJS in WebAssembly for procedures: code that may wait for SQL statements in the middle. A module can wait in one place
 * at a time, so that each running procedure has a module of its own; modules are used again.
 */

import {
  newQuickJSAsyncWASMModule,
  type QuickJSAsyncContext,
  type QuickJSAsyncWASMModule,
  type QuickJSHandle,
} from "quickjs-emscripten";
import {
  PROCEDURE_COMPUTE_MS_MAX,
  PROCEDURE_MEMORY_BYTES_MAX,
  PROCEDURE_STACK_BYTES_MAX,
} from "../../limits.ts";

/** Idle modules that are kept for the next procedure. */
const IDLE_MODULES_MAX = 4;

const idle: QuickJSAsyncWASMModule[] = [];

export class ProcedureEngine {
  readonly context: QuickJSAsyncContext;
  readonly #module: QuickJSAsyncWASMModule;
  #deadline = 0;
  #isBroken = false;

  /** @param isStopped asked now and then while the code computes */
  static async open(isStopped: () => boolean): Promise<ProcedureEngine> {
    return new ProcedureEngine(idle.pop() ?? (await newQuickJSAsyncWASMModule()), isStopped);
  }

  private constructor(module: QuickJSAsyncWASMModule, isStopped: () => boolean) {
    this.#module = module;
    const runtime = module.newRuntime();
    runtime.setMemoryLimit(PROCEDURE_MEMORY_BYTES_MAX);
    runtime.setMaxStackSize(PROCEDURE_STACK_BYTES_MAX);
    runtime.setInterruptHandler(() => isStopped() || Date.now() > this.#deadline);
    this.context = runtime.newContext();
    this.#restart();
  }

  #restart(): void {
    this.#deadline = Date.now() + PROCEDURE_COMPUTE_MS_MAX;
  }

  /** A host function; the time it takes is not the procedure's. */
  hostFunction(name: string, work: (...args: string[]) => Promise<string>): QuickJSHandle {
    const { context } = this;
    return context.newAsyncifiedFunction(name, async (...handles) => {
      const text = await work(...handles.map((handle) => context.getString(handle)));
      this.#restart();
      return context.newString(text);
    });
  }

  get isBroken(): boolean {
    return this.#isBroken;
  }

  /** The engine itself failed: its memory cannot be trusted, not even to be freed. */
  abandon(): void {
    this.#isBroken = true;
  }

  /** A module whose memory cannot be freed is not used again. */
  close(): void {
    if (this.#isBroken) return;
    const { runtime } = this.context;
    try {
      this.context.dispose();
      runtime.dispose();
    } catch {
      return;
    }
    if (idle.length < IDLE_MODULES_MAX) idle.push(this.#module);
  }
}
