/** JSON or Arrow: the server alone decides (wire.md 2.4). */

import type { StatementRun } from "../execute/account.ts";
import { SELECT_STATEMENT } from "../execute/statement-types.ts";
import type { StoredResult } from "../results/stored.ts";
import type { Session } from "../session/session.ts";
import { driverOf } from "./client-driver.ts";

export type ResultFormat = "json" | "arrow";

/** Clients that can be told by their own parameter to take Arrow, and the parameter. */
const FORMAT_PARAMETERS: Readonly<Record<string, string>> = {
  Go: "GO_QUERY_RESULT_FORMAT",
  JDBC: "JDBC_QUERY_RESULT_FORMAT",
  ".NET": "DOTNET_QUERY_RESULT_FORMAT",
  ODBC: "ODBC_QUERY_RESULT_FORMAT",
  "C API": "C_API_QUERY_RESULT_FORMAT",
};

/** The classic Python connector needs Arrow for pandas; version 5 converts JSON itself. */
const PYTHON = "PythonConnector";
const PYTHON_ARROW_MAJOR_MAX = 4;

export function resultFormat(
  session: Session,
  run: StatementRun,
  result: StoredResult,
): ResultFormat {
  if (result.statementType !== SELECT_STATEMENT || run.describeOnly) return "json";
  const { name, version } = driverOf(session.client);
  if (name === PYTHON) {
    if (Number(version.split(".")[0]) > PYTHON_ARROW_MAJOR_MAX) return "json";
    const asked = run.parameters.text("PYTHON_CONNECTOR_QUERY_RESULT_FORMAT");
    return asked.toUpperCase() === "JSON" ? "json" : "arrow";
  }
  const parameter = FORMAT_PARAMETERS[name];
  if (parameter === undefined) return "json";
  return run.parameters.text(parameter).toUpperCase().startsWith("ARROW") ? "arrow" : "json";
}
