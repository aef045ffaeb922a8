/**
 * Threads of libuv's pool. A running DuckDB call holds one of them until it ends, so with Node's default of four the
 * fifth statement, and with it /readyz, would wait for the others.
 *
 * Node starts the pool when it first reads an ES module, and looks at the variable then; that is why this file and the
 * program's entry (cli/mockhaus.cts) are CommonJS, which Node reads without the pool.
 */
const POOL_THREADS = 16;

process.env.UV_THREADPOOL_SIZE ??= String(POOL_THREADS);
