/**
 * System functions that the server answers: they stop statements and sessions, or tell of the account's state.
 * https://docs.snowflake.com/en/sql-reference/functions-system
 */

import { INTEGER, type SnowType, TEXT } from "../types/types.ts";
import { type FunctionEntry, family, sig } from "./define.ts";

const define = family("system");

/** What `lower` of a server function would be, which nobody asks for. */
const UNUSED = "CAST(NULL AS VARCHAR)";

/** A function that the server answers when the statement is bound; its arguments cannot depend on rows. */
function answered(
  name: string,
  parameters: readonly string[],
  returns: SnowType,
  summary: string,
): FunctionEntry {
  return define(name, {
    doc: name.toLowerCase().replace("$", "_"),
    summary,
    signatures: parameters.map((list) => sig(list, returns, UNUSED, { nullability: "always" })),
    server: true,
    volatile: true,
  });
}

export const CONTROL_FUNCTIONS: readonly FunctionEntry[] = [
  answered(
    "SYSTEM$WAIT",
    ["amount integer", "amount integer, unit text"],
    TEXT,
    "Waits for a time before the statement runs",
  ),
  answered(
    "GET_DDL",
    ["type text, name text, qualified? boolean"],
    TEXT,
    "The statement that would create an object",
  ),
  answered("SYSTEM$CANCEL_QUERY", ["query_id text"], TEXT, "Stops a statement that runs"),
  answered(
    "SYSTEM$CANCEL_ALL_QUERIES",
    ["session_id integer"],
    TEXT,
    "Stops all statements of a session",
  ),
  answered("SYSTEM$ABORT_SESSION", ["session_id integer"], TEXT, "Closes a session"),
  answered(
    "SYSTEM$ABORT_TRANSACTION",
    ["transaction_id integer"],
    TEXT,
    "Rolls back an open transaction of any session",
  ),
  answered(
    "SYSTEM$LAST_CHANGE_COMMIT_TIME",
    ["object_name text"],
    INTEGER,
    "A number that grows with every change of a table, or of a table that a view reads",
  ),
];
