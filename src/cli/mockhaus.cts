#!/usr/bin/env node
/**
 * The installed program: sizes libuv's thread pool, then runs cli/main.ts.
 *
 * A running DuckDB call holds a thread of the pool until it ends, so with Node's default of four the fifth statement, and
 * with it /readyz, would wait for the others. Node starts the pool when it first reads an ES module, and looks at
 * the variable then. That is why this file is CommonJS, which Node reads without the pool, and why it imports nothing before.
 */

const POOL_THREADS = 16;

process.env.UV_THREADPOOL_SIZE ??= String(POOL_THREADS);
import("./main.ts");
