/** Every limit of the server, named, with its unit. */

/** Query history records kept in memory. */
export const QUERY_HISTORY_LIMIT = 10_000;
/** Login records kept in memory. */
export const LOGIN_HISTORY_LIMIT = 10_000;
/** Rows of the event table, which is kept in memory. */
export const EVENT_LIMIT = 10_000;
/** Characters of a statement's text that its record keeps, as Snowflake's QUERY_HISTORY does. */
export const HISTORY_TEXT_LENGTH_MAX = 100_000;
/** Stored results kept for RESULT_SCAN and GET /queries/{id}/result, per account. */
export const STORED_RESULTS_LIMIT = 500;
/** Query ids a session remembers for LAST_QUERY_ID. */
export const SESSION_QUERY_IDS_LIMIT = 1_000;
/** Seconds a session token lives before the driver has to renew it. */
export const SESSION_TOKEN_SECONDS = 3_600;
/** Seconds a master token lives; every use of the session prolongs it. */
export const MASTER_TOKEN_SECONDS = 14_400;
/** Longest body of a request other than a stage upload, in bytes (docs: nodejs-driver-execute, 128 MB). */
export const REQUEST_BODY_BYTES_MAX = 128 * 1024 * 1024;
/** Milliseconds a synchronous statement may run before the driver is told to poll. */
export const SYNCHRONOUS_WAIT_MS = 45_000;
/** Milliseconds for which a request id is remembered, so that a retry is executed once. */
export const REQUEST_MEMORY_MS = 300_000;
/** Milliseconds between two looks for sessions whose master token has run out. */
export const ABANDONED_CHECK_MS = 60_000;
/** Translated (and parsed) statements kept for the next run of the same text. */
export const TRANSLATION_CACHE_LIMIT = 1_000;
/** Longest text, in characters, whose translation is kept. */
export const CACHED_TEXT_LENGTH_MAX = 20_000;
/** Sessions open at the same time. */
export const SESSIONS_MAX = 1_000;
/** Rows of a result kept in memory and sent inline; a larger result is written to a file. */
export const INLINE_ROWS_MAX = 20_000;
/** The same in bytes, as estimated from the engine's columns. */
export const INLINE_BYTES_MAX = 16 * 1024 * 1024;
/** Rows of a larger result that stand in the answer itself, before its chunks. */
export const FIRST_ROWS = 1_000;
/** Rows in a chunk of a larger result, and in a row group of its file. */
export const CHUNK_ROWS = 40_960;
/** Bytes of all stored results that are kept in memory; the oldest go first. */
export const STORED_MEMORY_BYTES_MAX = 256 * 1024 * 1024;
/** Bytes of all files of large results; the oldest go first. */
export const STORED_FILE_BYTES_MAX = 20 * 1024 * 1024 * 1024;
/** Bytes of memory that one JavaScript function of a user may take. */
export const JAVASCRIPT_MEMORY_BYTES_MAX = 64 * 1024 * 1024;
/** Bytes of its stack. */
export const JAVASCRIPT_STACK_BYTES_MAX = 512 * 1024;
/** Milliseconds that one call of it may take. */
export const JAVASCRIPT_CALL_MS_MAX = 10_000;
/** JavaScript functions kept compiled; the one used longest ago goes first. */
export const JAVASCRIPT_CONTEXTS_MAX = 64;
/** Milliseconds that a block may compute without a statement before others have their turn. */
export const SCRIPT_TURN_MS = 20;
/** Blocks and procedures that may run inside each other. */
export const PROGRAM_DEPTH_MAX = 16;
/** Parsed scripts kept for their next run. */
export const SCRIPT_CACHE_LIMIT = 200;
/** Bytes of memory of a JavaScript procedure. */
export const PROCEDURE_MEMORY_BYTES_MAX = 128 * 1024 * 1024;
/** Bytes of stack of a JavaScript procedure. */
export const PROCEDURE_STACK_BYTES_MAX = 256 * 1024;
/** Milliseconds that a JavaScript procedure may compute between two statements: nothing else runs meanwhile. */
export const PROCEDURE_COMPUTE_MS_MAX = 10_000;
/** Rows that a JavaScript procedure's result set hands over at a time. */
export const PROCEDURE_ROWS_PAGE = 1_000;
/** Tasks that a task graph may have. */
export const TASK_GRAPH_MAX = 1_000;
/** Predecessors, and children, that a task may have. */
export const TASK_LINKS_MAX = 100;
/** Runs of tasks that are remembered; the oldest go first. */
export const TASK_HISTORY_LIMIT = 10_000;
/** Runs of alerts that are remembered; the oldest go first. */
export const ALERT_HISTORY_LIMIT = 10_000;
/** Notifications that are remembered; the oldest go first. */
export const NOTIFICATION_HISTORY_LIMIT = 10_000;
/** Characters of what a webhook said of its failure. */
export const NOTIFICATION_ERROR_LENGTH_MAX = 4_096;
/** Milliseconds that a webhook may take to answer. */
export const WEBHOOK_MS_MAX = 10_000;
/** Milliseconds after which an alert on new data looks for new rows again. */
export const ALERT_LOOK_MS = 10_000;
/** Milliseconds that the timer of tasks or alerts waits at most before it looks at the time again. */
export const SCHEDULE_TIMER_MS_MAX = 3_600_000;
/** Files that a pipe loads in one session; the next ones get another. */
export const PIPE_BATCH_FILES = 1_000;
/** Bytes of a task's return value. */
export const TASK_RETURN_VALUE_MAX = 10_240;
