/**
 * SHOW TASKS and DESCRIBE TASK.
 * https://docs.snowflake.com/en/sql-reference/sql/show-tasks
 */

import type { Snapshot } from "../../catalog/snapshot.ts";
import type { TaskObject } from "../../catalog/task-object.ts";
import { taskNames } from "../../catalog/task-text.ts";
import { finalizerOf, isRoot, tasksOf } from "../../program/tasks/graph.ts";
import type { Execution, StatementOf, StatementResult } from "../execution.ts";
import { DESCRIBE_STATEMENT } from "../statement-types.ts";
import { applyClauses } from "./clauses.ts";
import { ownerRoleType, type ShowRow, shapedResult, shapeOf } from "./rows.ts";
import { rowsInScope } from "./scope.ts";

type Statement = StatementOf<"show">;

const TERSE_SHAPE = "created_on ts, name, kind, database_name, schema_name, schedule";

export async function showTasks(
  statement: Statement,
  execution: Execution,
): Promise<StatementResult> {
  const { snapshot } = execution.account.catalog;
  const rows = rowsInScope(statement.scope, execution, (schema) =>
    tasksOf(snapshot, schema.id)
      .filter((task) => !isRootOnly(statement) || isRoot(task))
      .map((task) => taskRow(task, snapshot)),
  );
  const left = applyClauses(rows, statement);
  if (!statement.terse) return shapedResult(shapeOf("TASKS"), left);
  return shapedResult(
    TERSE_SHAPE,
    left.map((row) => ({ ...row, kind: "TASK" })),
  );
}

function isRootOnly({ filter }: Statement): boolean {
  return filter === "ROOT ONLY";
}

/** A task as SHOW TASKS and TASK_DEPENDENTS list it. */
export function taskRow(task: TaskObject, snapshot: Snapshot): ShowRow {
  const { database, schema } = snapshot.qualify(task.schemaId);
  return {
    created_on: task.createdAt,
    name: task.name,
    id: task.uuid,
    database_name: database,
    schema_name: schema,
    owner: task.owner,
    comment: task.comment,
    warehouse: task.warehouse ?? null,
    schedule: task.schedule ?? null,
    predecessors: JSON.stringify(taskNames(snapshot, task.predecessors)),
    state: task.state,
    definition: task.definition,
    condition: task.condition ?? null,
    allow_overlapping_execution: String(task.overlap !== "NO_OVERLAP"),
    error_integration: null,
    last_committed_on: task.resumedAt ?? null,
    last_suspended_on: task.suspendedAt ?? null,
    owner_role_type: ownerRoleType(task.owner),
    config: task.config ?? null,
    budget: null,
    task_relations: relations(task, snapshot),
    last_suspended_reason: task.state === "suspended" ? (task.suspendedReason ?? null) : null,
    success_integration: null,
    scheduling_mode: null,
    target_completion_interval: task.options["TARGET_COMPLETION_INTERVAL"] ?? null,
    execute_as_user: null,
  };
}

function relations(task: TaskObject, snapshot: Snapshot): string {
  const finalizer = isRoot(task) ? finalizerOf(snapshot, task) : undefined;
  const [final] = taskNames(snapshot, finalizer === undefined ? [] : [finalizer.id]);
  const [root] = taskNames(snapshot, task.finalizes === undefined ? [] : [task.finalizes]);
  return JSON.stringify({
    Predecessors: taskNames(snapshot, task.predecessors),
    FinalizerTask: final,
    FinalizedRootTask: root,
  });
}

/** The row of SHOW TASKS. https://docs.snowflake.com/en/sql-reference/sql/desc-task */
export function describeTask(task: TaskObject, { account }: Execution): StatementResult {
  const row = taskRow(task, account.catalog.snapshot);
  return shapedResult(shapeOf("TASKS"), [row], DESCRIBE_STATEMENT);
}
