/** CREATE TASK and DROP TASK. https://docs.snowflake.com/en/sql-reference/sql/create-task */

import { randomUUID } from "node:crypto";
import { printExpression } from "../../translator/ast/printer.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import type { TaskObject } from "../catalog/task-object.ts";
import { isRoot } from "../program/tasks/graph.ts";
import { commonFields } from "./account-objects.ts";
import type { ObjectCreator } from "./create-object.ts";
import type { Execution, StatementOf, StatementResult } from "./execution.ts";
import { findSchema, lastPart, memberName, notFound, shown, shownQualified } from "./names.ts";
import { alreadyDropped, alreadyExists, created, dropped } from "./status.ts";
import {
  checkSuspended,
  checkTexts,
  findTask,
  linkedTask,
  removalChanges,
  taskChanges,
  taskNamed,
  taskReference,
} from "./task-changes.ts";
import { NO_FIELDS, type TaskFields, withTaskOptions } from "./task-options.ts";

type Statement = StatementOf<"create_object">;
/** What the clauses and options of CREATE TASK say. */
type Written = TaskFields &
  Pick<TaskObject, "predecessors" | "finalizes" | "condition" | "definition"> & {
    /** Those that a clone takes over. */
    readonly tags?: TaskObject["tags"];
  };

/** Makes a suspended task. @throws 091421, 091085, 091090, 091082 for what its graph does not allow */
export const createTask: ObjectCreator = async (statement, execution) => {
  const name = memberName(statement.name, execution, "CREATE TASK");
  if (statement.persistence !== "permanent") {
    const feature = `CREATE ${statement.persistence.toUpperCase()} TASK`;
    throw snowflakeError("unsupportedFeature", { feature });
  }
  const made = await execution.ddl(async (snapshot) => {
    const schema = findSchema(snapshot, name.database, name.schema);
    const existing = findTask(snapshot, name, execution);
    if (existing !== undefined && statement.ifNotExists) return { changes: [], result: false };
    if (existing !== undefined && !statement.orReplace && !statement.orAlter) {
      throw snowflakeError("objectExists", { name: shown(name.name) });
    }
    if (existing !== undefined && !isRoot(existing)) checkSuspended(snapshot, existing);
    const gone =
      existing === undefined || statement.orAlter ? [] : removalChanges(snapshot, existing);
    const base = snapshot.with(gone);
    const written = writtenTask(statement, base, schema.id, execution);
    const task: TaskObject =
      existing !== undefined && statement.orAlter
        ? alteredTask(existing, written, snapshot, execution)
        : newTask(name.name, schema.id, written, execution);
    checkAbove(base, task);
    return { changes: [...gone, ...taskChanges(base, task)], result: true };
  });
  return made ? created("Task", name.name) : alreadyExists(name.name);
};

/** The graph that a new task joins must be suspended. */
function checkAbove(snapshot: Snapshot, task: TaskObject): void {
  const above = task.finalizes === undefined ? task.predecessors : [task.finalizes];
  for (const id of above) {
    const found = snapshot.get(id);
    if (found?.kind === "task") checkSuspended(snapshot, found);
  }
}

function newTask(
  name: string,
  schemaId: number,
  written: Written,
  execution: Execution,
): TaskObject {
  return {
    ...commonFields(name, {}, execution),
    ...written,
    kind: "task",
    schemaId,
    uuid: randomUUID(),
    account: execution.session.account,
    state: "suspended",
    version: 1,
  };
}

/** CREATE OR ALTER: what is not written is unset; the state stays. */
function alteredTask(
  existing: TaskObject,
  written: Written,
  snapshot: Snapshot,
  { account }: Execution,
): TaskObject {
  checkSuspended(snapshot, existing);
  const alteredAt = account.now();
  return { ...existing, ...written, alteredAt, version: existing.version + 1 };
}

function writtenTask(
  statement: Statement,
  snapshot: Snapshot,
  schemaId: number,
  execution: Execution,
): Written {
  if (statement.clone !== undefined) return clonedTask(statement, snapshot, execution);
  const draft: { predecessors: number[]; condition?: string; definition?: string } = {
    predecessors: [],
  };
  for (const { form, arguments: args } of statement.clauses) {
    const [argument] = args;
    if (form === "AFTER <names>" && argument?.kind === "names") {
      draft.predecessors = argument.names.map(
        (name) => linkedTask(snapshot, name, schemaId, execution).id,
      );
    } else if (form === "WHEN <expression>" && argument?.kind === "expression") {
      draft.condition = printExpression(argument.expression);
    } else if (form === "AS <rest>" && argument?.kind === "rest") {
      draft.definition = argument.text;
    } else if (form !== "EXECUTE AS OWNER") {
      throw snowflakeError("unsupportedFeature", { feature: `CREATE TASK ${form}` });
    }
  }
  const { predecessors, condition, definition } = draft;
  if (definition === undefined) {
    const name = shown(lastPart(statement.name, execution));
    throw snowflakeError("taskRule", { name, problem: "has no body" });
  }
  checkTexts(definition, condition);
  const fields = withTaskOptions(NO_FIELDS, statement.properties, execution);
  const finalizes = finalizedBy(statement, snapshot, schemaId, execution);
  return { ...fields, predecessors: [...new Set(predecessors)], finalizes, condition, definition };
}

function finalizedBy(
  { properties }: Statement,
  snapshot: Snapshot,
  schemaId: number,
  execution: Execution,
): number | undefined {
  const value = properties.find(({ name }) => name === "FINALIZE")?.value;
  if (value === undefined) return undefined;
  return linkedTask(snapshot, taskReference(value), schemaId, execution).id;
}

/** A copy stays in the graph of its source, as a suspended task. */
function clonedTask(statement: Statement, snapshot: Snapshot, execution: Execution): Written {
  const { clone } = statement;
  if (clone === undefined || clone.timeTravel !== undefined || statement.clauses.length > 0) {
    throw snowflakeError("unsupportedFeature", { feature: "CREATE TASK CLONE with clauses" });
  }
  const source = taskNamed(snapshot, memberName(clone.name, execution, "CREATE TASK"), execution);
  const fields = withTaskOptions(source, statement.properties, execution);
  const { warehouse, schedule, config, overlap, options, comment } = fields;
  const { predecessors, condition, definition } = source;
  return {
    ...{ warehouse, schedule, config, overlap, options, comment },
    ...{ predecessors, condition, definition },
    finalizes: undefined,
    tags: source.tags,
  };
}

/** @throws 091421 while the root of a child's graph is started */
export async function dropTask(
  { name: objectName, ifExists }: StatementOf<"drop">,
  execution: Execution,
): Promise<StatementResult> {
  const name = memberName(objectName, execution, "DROP TASK");
  const done = await execution.ddl(async (snapshot) => {
    const isPlaceKnown = snapshot.schema(name.database, name.schema) !== undefined;
    if (ifExists && !isPlaceKnown) return { changes: [], result: false };
    const task = findTask(snapshot, name, execution);
    if (task === undefined) {
      if (ifExists) return { changes: [], result: false };
      throw notFound("Task", shownQualified(name));
    }
    if (!isRoot(task)) checkSuspended(snapshot, task);
    return { changes: removalChanges(snapshot, task), result: true };
  });
  return done ? dropped(name.name) : alreadyDropped(name.name);
}
