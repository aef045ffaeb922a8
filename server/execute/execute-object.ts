/** EXECUTE TASK and EXECUTE ALERT. https://docs.snowflake.com/en/sql-reference/sql/execute-task */

import { snowflakeError } from "../../translator/base/errors.ts";
import { phraseOf } from "../../translator/statements/forms.ts";
import type { TaskObject } from "../catalog/task-object.ts";
import { isRoot } from "../program/tasks/graph.ts";
import { alertNamed } from "./alert.ts";
import type { Execution, Handler, StatementOf, StatementResult } from "./execution.ts";
import { memberName, shown } from "./names.ts";
import { propertyText } from "./properties.ts";
import { checkConfig } from "./schedule-options.ts";
import { status } from "./status.ts";
import { taskName, taskNamed } from "./task-changes.ts";

type Clause = StatementOf<"execute_object">["clause"];

/** @throws 000002 for what is neither a task nor an alert */
export const executeObject: Handler<"execute_object"> = async ({ clause }, execution) => {
  if (clause.form.startsWith("TASK ")) return executeTask(clause, execution);
  if (clause.form.startsWith("ALERT ")) return executeAlert(clause, execution);
  const feature = `EXECUTE ${phraseOf(clause)}`;
  throw snowflakeError("unsupportedFeature", { feature });
};

/**
 * Runs a graph once, also while its root is suspended. The statement does not wait for it.
 * @throws 002003 when there is no such task, 091090 for a task that is no root, 091082 when there is nothing to retry
 */
async function executeTask(clause: Clause, execution: Execution): Promise<StatementResult> {
  const [target, option] = clause.arguments;
  if (target?.kind !== "name") throw new Error("EXECUTE TASK without a name");
  const { snapshot } = execution.account.catalog;
  const name = memberName(target.name, execution, "EXECUTE TASK");
  const task = taskNamed(snapshot, name, execution);
  if (!isRoot(task)) {
    const problem = "is no root task and cannot be executed alone";
    throw snowflakeError("taskRule", { name: shown(task.name), problem });
  }
  const { tasks } = execution.account;
  if (clause.form === "TASK <name> RETRY LAST") {
    tasks.retryLast(task, taskName(snapshot, task));
  } else {
    const config =
      option?.kind === "value"
        ? mergedConfig(task, propertyText(option.value, execution))
        : undefined;
    tasks.execute(task, config);
  }
  return status(`Task ${shown(task.name)} is scheduled to run immediately.`);
}

/**
 * Runs an alert once, also while it is suspended. The statement does not wait for it.
 * https://docs.snowflake.com/en/sql-reference/sql/execute-alert
 * @throws 002003 when there is no such alert, 091090 for an alert on new data
 */
async function executeAlert(clause: Clause, execution: Execution): Promise<StatementResult> {
  const [target] = clause.arguments;
  if (target?.kind !== "name") throw new Error("EXECUTE ALERT without a name");
  const { alerts, catalog } = execution.account;
  const name = memberName(target.name, execution, "EXECUTE ALERT");
  const alert = alertNamed(catalog.snapshot, name, execution);
  if (alert.schedule === undefined) {
    const problem = "is an alert on new data and cannot be executed";
    throw snowflakeError("alertRule", { name: shown(alert.name), problem });
  }
  alerts.execute(alert);
  return status(`Alert ${shown(alert.name)} is scheduled to run immediately.`);
}

/** The keys of USING CONFIG over those of the task. @throws 001008 for a text that is no JSON object */
function mergedConfig({ config }: TaskObject, given: string): string {
  checkConfig(given);
  if (config === undefined) return given;
  return JSON.stringify({ ...JSON.parse(config), ...JSON.parse(given) });
}
