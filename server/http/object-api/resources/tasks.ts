/**
 * Tasks.
 * https://docs.snowflake.com/en/developer-guide/snowflake-rest-api/reference/task
 */

import type { CreateHead } from "../../../../translator/statements/create_head.ts";
import type { Clause } from "../../../../translator/statements/forms.ts";
import type { Property } from "../../../../translator/statements/properties.ts";
import type { Statement } from "../../../../translator/statements/statement.ts";
import { anyText, flag, name, type Readings, text, time } from "../columns.ts";
import { Fields, refused } from "../fields.ts";
import { expression, qualifiedName } from "../names.ts";
import { optionsOf, type PropertyTable, property, textValue } from "../properties.ts";
import type { ObjectRequest, ShownRow } from "../request.ts";
import { ALL_LIST_PARAMETERS, type Plan, type Resource, target } from "../resource.ts";
import { alter, createObject, phrase } from "../statements.ts";

const PROPERTIES: PropertyTable = {
  warehouse: "name",
  comment: "text",
  task_auto_retry_attempts: "number",
  user_task_managed_initial_warehouse_size: "text",
  serverless_task_min_statement_size: "text",
  serverless_task_max_statement_size: "text",
  user_task_timeout_ms: "number",
  suspend_task_after_num_failures: "number",
  allow_overlapping_execution: "boolean",
  error_integration: "name",
};

const PARAMETER_NAME = /^[A-Za-z_]+$/;

/** `SCHEDULE = '…'`. */
function schedule(fields: Fields): Property[] {
  const given = fields.record("schedule");
  if (given === undefined) return [];
  const type = given.word("schedule_type", ["CRON_TYPE", "MINUTES_TYPE"]);
  const text =
    type === "CRON_TYPE"
      ? `USING CRON ${given.needed("cron_expr")} ${given.needed("timezone")}`
      : `${given.integer("minutes") ?? ""} MINUTE`;
  given.end();
  if (type === undefined) throw refused("the property schedule_type is missing");
  return [property("SCHEDULE", textValue(text))];
}

function interval(fields: Fields): Property[] {
  const given = fields.record("target_completion_interval");
  const minutes = given?.integer("minutes");
  given?.passOver(["schedule_type"]);
  given?.end();
  if (minutes === undefined) return [];
  return [property("TARGET_COMPLETION_INTERVAL", textValue(`${minutes} MINUTES`))];
}

/** An object, as its JSON text. */
function config(fields: Fields): Property[] {
  const value = fields.json("config");
  if (value === undefined) return [];
  return [property("CONFIG", textValue(typeof value === "string" ? value : JSON.stringify(value)))];
}

function sessionParameters(fields: Fields): Property[] {
  const given = fields.json("session_parameters");
  if (given === undefined) return [];
  const values = new Fields(given, "property of session_parameters");
  return Object.entries(given as Readonly<Record<string, unknown>>).flatMap(([key, value]) => {
    if (!PARAMETER_NAME.test(key)) throw refused(`${JSON.stringify(key)} is no parameter`);
    const kind =
      typeof value === "number" ? "number" : typeof value === "boolean" ? "boolean" : "text";
    return optionsOf(values, { [key]: kind });
  });
}

function finalized(fields: Fields, { place }: ObjectRequest): Property[] {
  const root = fields.text("finalize");
  if (root === undefined) return [];
  return [property("FINALIZE", { kind: "name", name: qualifiedName(root, place) })];
}

function clauses(fields: Fields, { place }: ObjectRequest): Clause[] {
  const predecessors = (fields.texts("predecessors") ?? []).map((task) =>
    qualifiedName(task, place),
  );
  const condition = fields.text("condition");
  const definition = fields.needed("definition");
  return [
    ...(predecessors.length === 0
      ? []
      : [{ form: "AFTER <names>", arguments: [{ kind: "names", names: predecessors } as const] }]),
    ...(condition === undefined
      ? []
      : [
          {
            form: "WHEN <expression>",
            arguments: [{ kind: "expression", expression: expression(condition) } as const],
          },
        ]),
    { form: "AS <rest>", arguments: [{ kind: "rest", text: definition }] },
  ];
}

function createTask(head: CreateHead, fields: Fields, request: ObjectRequest): Statement {
  const properties = [
    ...optionsOf(fields, PROPERTIES),
    ...schedule(fields),
    ...interval(fields),
    ...config(fields),
    ...sessionParameters(fields),
    ...finalized(fields, request),
  ];
  return createObject("TASK", head, { properties, clauses: clauses(fields, request) });
}

function altered(form: string): Plan {
  return (request) => alter("TASK", target(request), phrase(form));
}

/** The run goes on after the answer, as with EXECUTE TASK. */
const executed: Plan = (request) => {
  const form =
    request.query.boolean("retryLast") === true ? "TASK <name> RETRY LAST" : "TASK <name>";
  request.query.boolean("asyncExec");
  const name = { kind: "name", name: target(request) } as const;
  return { kind: "execute_object", clause: { form, arguments: [name] } };
};

const CRON = /^USING CRON (.*) (\S+)$/i;
const MINUTES = /^(\d+)\s+(M|MINUTES?)$/i;

function scheduleOf(row: ShownRow): object | null {
  const text = row["schedule"] ?? "";
  const [, cron_expr, timezone] = CRON.exec(text) ?? [];
  if (cron_expr !== undefined) return { schedule_type: "CRON_TYPE", cron_expr, timezone };
  const minutes = MINUTES.exec(text)?.[1];
  return minutes === undefined ? null : { schedule_type: "MINUTES_TYPE", minutes: Number(minutes) };
}

function json(column: string) {
  return (row: ShownRow): unknown => {
    const cell = row[column] ?? "";
    return cell === "" ? null : (JSON.parse(cell) as unknown);
  };
}

const COLUMNS: Readings = {
  name: name("name"),
  warehouse: name("warehouse"),
  schedule: scheduleOf,
  comment: anyText("comment"),
  config: json("config"),
  definition: anyText("definition"),
  predecessors: json("predecessors"),
  task_relations: text("task_relations"),
  condition: text("condition"),
  allow_overlapping_execution: flag("allow_overlapping_execution"),
  error_integration: name("error_integration"),
  created_on: time("created_on"),
  id: text("id"),
  owner: name("owner"),
  owner_role_type: text("owner_role_type"),
  state: text("state"),
  last_committed_on: time("last_committed_on"),
  last_suspended_on: time("last_suspended_on"),
  database_name: name("database_name"),
  schema_name: name("schema_name"),
};

export const TASKS: Resource = {
  collection: "tasks",
  level: "schema",
  kind: "TASK",
  listParameters: [...ALL_LIST_PARAMETERS, "rootOnly"],
  readOnly: [
    "task_relations",
    "created_on",
    "id",
    "owner",
    "owner_role_type",
    "state",
    "last_committed_on",
    "last_suspended_on",
    "database_name",
    "schema_name",
  ],
  hasPut: true,
  create: createTask,
  columns: COLUMNS,
  actions: { execute: executed, resume: altered("RESUME"), suspend: altered("SUSPEND") },
};
