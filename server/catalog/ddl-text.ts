/** GET_DDL: the statement that would create an object. https://docs.snowflake.com/en/sql-reference/functions/get_ddl */

import { unreachable } from "../../translator/base/assert.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import { splitName } from "../../translator/bind/binder.ts";
import { Cursor } from "../../translator/parse/cursor.ts";
import { parseSignature } from "../../translator/statements/signature.ts";
import { resolveTypeName } from "../../translator/types/names.ts";
import type { AlertObject } from "./alert-object.ts";
import { alertDdl } from "./alert-text.ts";
import type { PolicyObject, TagObject } from "./governance-objects.ts";
import { columnTypeText } from "./information-schema/column-facts.ts";
import { quoted } from "./information-schema/names.ts";
import {
  databases,
  fileFormats,
  policies,
  relations,
  schemas,
  sequences,
  stages,
  streams,
  tags,
} from "./information-schema/objects.ts";
import type {
  CatalogColumn,
  Constraint,
  DatabaseObject,
  FileFormatObject,
  FunctionObject,
  NameSpace,
  ProcedureObject,
  SchemaObject,
  SequenceObject,
  StageObject,
  StreamObject,
  TableIndex,
  TableObject,
  ViewObject,
  WarehouseObject,
} from "./objects.ts";
import { signatureText } from "./objects.ts";
import { type PipeObject, pipesOf } from "./pipe-object.ts";
import { pipeDdl } from "./pipe-text.ts";
import { maskingDdl, policyDdl, rowAccessDdl, tagDdl, tagsDdl } from "./policy-text.ts";
import { procedureDdl } from "./procedure-text.ts";
import { functionDdl } from "./routine-text.ts";
import type { Snapshot } from "./snapshot.ts";
import { fileFormatDdl, stageDdl } from "./stage-text.ts";
import { liveSource, sourceName } from "./stream-relation.ts";
import type { TaskObject } from "./task-object.ts";
import { taskDdl } from "./task-text.ts";

type DdlObject =
  | DatabaseObject
  | SchemaObject
  | TableObject
  | ViewObject
  | SequenceObject
  | FileFormatObject
  | StageObject
  | StreamObject
  | FunctionObject
  | ProcedureObject
  | PolicyObject
  | TagObject
  | TaskObject
  | AlertObject
  | PipeObject
  | WarehouseObject;

export type DdlContext = {
  readonly snapshot: Snapshot;
  /** Current database and schema: what unqualified names are in. */
  readonly database: string | undefined;
  readonly schema: string | undefined;
  readonly sessionId: string;
};

/** The value as a SQL constant; line breaks and quotes escaped. */
function text(value: string): string {
  return `'${value.replaceAll("\\", "\\\\").replaceAll("'", "''").replaceAll("\n", "\\n")}'`;
}

/** The object's name, after its database and schema when `full`. */
function nameOf(object: DdlObject, full: boolean, snapshot: Snapshot): string {
  const own = quoted(object.name);
  if (!full) return own;
  if ("schemaId" in object) {
    const { database, schema } = snapshot.qualify(object.schemaId);
    return `${quoted(database)}.${quoted(schema)}.${own}`;
  }
  if (!("databaseId" in object)) return own;
  const above = snapshot.get(object.databaseId);
  return above === undefined ? own : `${quoted(above.name)}.${own}`;
}

function columnDdl(column: CatalogColumn, snapshot: Snapshot): string {
  const { default: given, expression, comment } = column;
  return [
    quoted(column.name),
    columnTypeText(column.type),
    column.nullable ? "" : "NOT NULL",
    given?.kind === "expression" ? `DEFAULT ${given.text}` : "",
    given?.kind === "identity"
      ? `autoincrement start ${given.start} increment ${given.step} ${given.ordered ? "order" : "noorder"}`
      : "",
    expression === undefined ? "" : `AS (${expression})`,
    maskingDdl(column.masking, snapshot),
    tagsDdl(column.tags, snapshot),
    comment === "" ? "" : `COMMENT ${text(comment)}`,
  ]
    .filter((part) => part !== "")
    .join(" ");
}

const SYSTEM_NAME = /^SYS_CONSTRAINT_/;

function constraintDdl(constraint: Constraint): string {
  const name = SYSTEM_NAME.test(constraint.name) ? "" : `constraint ${quoted(constraint.name)} `;
  const columns = list(constraint.columns);
  const rely = constraint.rely ? " rely" : "";
  switch (constraint.kind) {
    case "primary_key":
      return `${name}primary key ${columns}${rely}`;
    case "unique":
      return `${name}unique ${columns}${rely}`;
    case "check":
      return `${name}check (${constraint.check ?? ""})${constraint.unvalidated ? " enable novalidate" : ""}`;
    case "foreign_key": {
      const { references } = constraint;
      const target = references && [references.database, references.schema, references.table];
      const path = (target ?? []).map(quoted).join(".");
      return `${name}foreign key ${columns} references ${path}${list(references?.columns ?? [])}${rely}`;
    }
    default:
      return unreachable(constraint.kind);
  }
}

function list(names: readonly string[]): string {
  return names.length === 0 ? "" : `(${names.map(quoted).join(", ")})`;
}

function indexDdl({ name, columns, included }: TableIndex): string {
  const include = included.length === 0 ? "" : ` include ${list(included)}`;
  return `index ${quoted(name)}${list(columns)}${include}`;
}

function tableDdl(table: TableObject, name: string, snapshot: Snapshot): string {
  const kind = table.persistence === "permanent" ? "" : `${table.persistence.toUpperCase()} `;
  const cluster = table.clusterBy === "" ? " " : ` cluster by (${table.clusterBy})`;
  const form = table.hybrid === true ? "HYBRID " : "";
  const items = [
    ...table.columns.map((column) => columnDdl(column, snapshot)),
    ...table.constraints.map(constraintDdl),
    ...(table.indexes ?? []).map(indexDdl),
  ];
  const tagged = tagsDdl(table.tags, snapshot);
  const governance = rowAccessDdl(table.rowAccess, snapshot) + (tagged && ` ${tagged}`);
  const comment = table.comment === "" ? "" : `COMMENT=${text(table.comment)}\n`;
  return `create or replace ${kind}${form}TABLE ${name}${cluster}(\n\t${items.join(",\n\t")}\n)${governance}${comment};`;
}

function viewDdl(view: ViewObject, name: string, snapshot: Snapshot): string {
  const kind = [
    view.secure ? "secure " : "",
    view.sessionId === undefined ? "" : "temporary ",
    view.materialized ? "materialized " : "",
  ].join("");
  const columns = view.columns.map((column) =>
    [
      quoted(column.name),
      maskingDdl(column.masking, snapshot),
      tagsDdl(column.tags, snapshot),
      column.comment === "" ? "" : `COMMENT ${text(column.comment)}`,
    ]
      .filter((part) => part !== "")
      .join(" "),
  );
  const tagged = tagsDdl(view.tags, snapshot);
  const governance = rowAccessDdl(view.rowAccess, snapshot) + (tagged && ` ${tagged}`);
  const comment = view.comment === "" ? "" : ` COMMENT=${text(view.comment)}\n`;
  const query = view.query.trim().replace(/;$/, "");
  const cluster = view.clusterBy === undefined ? "" : ` cluster by (${view.clusterBy})`;
  return `create or replace ${kind}view ${name}${cluster}(\n\t${columns.join(",\n\t")}\n)${governance}${comment} as ${query};`;
}

function sequenceDdl({ start, increment, ordered, comment }: SequenceObject, name: string): string {
  const order = ordered ? "order" : "noorder";
  const remark = comment === "" ? "" : ` comment=${text(comment)}`;
  return `create or replace sequence ${name} start with ${start} increment by ${increment} ${order}${remark};`;
}

function streamDdl(stream: StreamObject, name: string, snapshot: Snapshot): string {
  const kind = liveSource(stream, snapshot)?.kind ?? "table";
  const mode = stream.mode === "APPEND_ONLY" ? " append_only = true" : "";
  const remark = stream.comment === "" ? "" : ` comment=${text(stream.comment)}`;
  const source = `${kind} ${sourceName(stream, snapshot)}`;
  return `create or replace stream ${name} on ${source}${mode}${remark};`;
}

function warehouseDdl(warehouse: WarehouseObject, name: string): string {
  return [
    `create or replace warehouse ${name}`,
    "with",
    `\twarehouse_type='${warehouse.options["WAREHOUSE_TYPE"]?.toUpperCase() ?? "STANDARD"}'`,
    `\twarehouse_size='${warehouse.size}'`,
    `\tauto_suspend=${warehouse.autoSuspend}`,
    `\tauto_resume=${String(warehouse.autoResume).toUpperCase()}`,
    ...(warehouse.comment === "" ? [] : [`\tcomment=${text(warehouse.comment)}`]),
    ";",
  ].join("\n");
}

function containerHead(object: DatabaseObject | SchemaObject, name: string): string {
  const kind = object.transient ? `transient ${object.kind}` : object.kind;
  const managed = object.kind === "schema" && object.managedAccess ? " with managed access" : "";
  const comment = object.comment === "" ? "" : ` COMMENT=${text(object.comment)}`;
  return `create or replace ${kind} ${name}${managed}${comment};`;
}

function schemaDdl(schema: SchemaObject, full: boolean, context: DdlContext): string {
  const { snapshot, sessionId } = context;
  const members = relations(snapshot, schema, sessionId);
  const ordered = [
    ...tags(snapshot, schema),
    ...policies(snapshot, schema, "masking_policy"),
    ...policies(snapshot, schema, "row_access_policy"),
    ...fileFormats(snapshot, schema, sessionId),
    ...stages(snapshot, schema, sessionId),
    ...sequences(snapshot, schema, sessionId),
    ...members.filter(({ kind }) => kind === "table"),
    ...snapshot
      .list("function", schema.id, sessionId)
      .filter((object) => object.kind === "function"),
    ...snapshot
      .list("procedure", schema.id, sessionId)
      .filter((object) => object.kind === "procedure"),
    ...members.filter(({ kind }) => kind === "view"),
    ...streams(snapshot, schema),
    ...snapshot.list("task", schema.id).filter((object) => object.kind === "task"),
    ...snapshot.list("alert", schema.id).filter((object) => object.kind === "alert"),
    ...pipesOf(snapshot, schema.id),
  ];
  const head = containerHead(schema, nameOf(schema, full, snapshot));
  return [`${head}\n`, ...ordered.map((member) => objectDdl(member, full, context))].join("\n");
}

/**
 * The statements that make an object, and all that it contains.
 * @param full names with their database and schema
 */
export function objectDdl(object: DdlObject, full: boolean, context: DdlContext): string {
  const { snapshot } = context;
  const name = nameOf(object, full, snapshot);
  switch (object.kind) {
    case "table":
      return tableDdl(object, name, snapshot);
    case "view":
      return viewDdl(object, name, snapshot);
    case "sequence":
      return sequenceDdl(object, name);
    case "file_format":
      return fileFormatDdl(object, name);
    case "stage":
      return stageDdl(object, name);
    case "stream":
      return streamDdl(object, name, snapshot);
    case "function":
      return functionDdl(object, name);
    case "procedure": {
      // The name in the catalog ends in the argument types, which are printed with their names.
      const own = quoted(object.name);
      return procedureDdl(object, name.slice(0, name.length - own.length));
    }
    case "masking_policy":
    case "row_access_policy":
      return policyDdl(object, name);
    case "tag":
      return tagDdl(object, name);
    case "task":
      return taskDdl(object, name, snapshot);
    case "alert":
      return alertDdl(object, name, snapshot);
    case "pipe":
      return pipeDdl(object, name);
    case "warehouse":
      return warehouseDdl(object, name);
    case "schema":
      return schemaDdl(object, full, context);
    case "database": {
      const inside = schemas(snapshot, object).map((schema) => schemaDdl(schema, full, context));
      return [`${containerHead(object, name)}\n`, ...inside].join("\n");
    }
    default:
      return unreachable(object);
  }
}

/** What the type words of GET_DDL mean; TABLE and VIEW both take tables and views. */
const SPACES: Readonly<Record<string, NameSpace | "policy">> = {
  DATABASE: "database",
  SCHEMA: "schema",
  TABLE: "relation",
  VIEW: "relation",
  POLICY: "policy",
  SEQUENCE: "sequence",
  FILE_FORMAT: "file_format",
  STAGE: "stage",
  STREAM: "relation",
  FUNCTION: "function",
  PROCEDURE: "procedure",
  TAG: "tag",
  TASK: "task",
  ALERT: "alert",
  PIPE: "pipe",
  WAREHOUSE: "warehouse",
};

/**
 * GET_DDL(type, name, full).
 * @param type in any case: `table`
 * @param name as text, parts in double quotes where needed
 * @throws 000002 for a type that is not kept here, 002003 when there is no such object
 */
export function getDdl(type: string, name: string, full: boolean, context: DdlContext): string {
  const word = type.trim().toUpperCase();
  const space = SPACES[word];
  if (space === undefined)
    throw snowflakeError("unsupportedFeature", { feature: `GET_DDL ${word}` });
  const { path, signature } = withoutSignature(name, space);
  const parts = splitName(path, { start: 0, end: 0 }).map((part) => part.name);
  parts.push(`${parts.pop() ?? ""}${signature}`);
  const found = space === "policy" ? findPolicy(parts, context) : findObject(space, parts, context);
  // Streams share the names of tables and views, and are no other kind of them.
  if (found !== undefined && (found.kind === "stream") === (word === "STREAM")) {
    return objectDdl(found, full, context);
  }
  const title = word.charAt(0) + word.slice(1).toLowerCase();
  const label = parts.map(quoted).join(".");
  throw snowflakeError("containerNotFound", { kind: title, name: label });
}

/** POLICY is the word for policies of every kind. */
function findPolicy(parts: readonly string[], context: DdlContext): DdlObject | undefined {
  return (
    findObject("masking_policy", parts, context) ?? findObject("row_access_policy", parts, context)
  );
}

function findObject(
  space: NameSpace,
  parts: readonly string[],
  context: DdlContext,
): DdlObject | undefined {
  const { snapshot, sessionId } = context;
  const [last = "", second, third] = [...parts].reverse();
  if (space === "database") return databases(snapshot).find((object) => object.name === last);
  if (space === "warehouse") {
    const found = snapshot.find("warehouse", 0, last);
    return found?.kind === "warehouse" ? found : undefined;
  }
  const database = (space === "schema" ? second : third) ?? context.database;
  if (database === undefined) return undefined;
  if (space === "schema") return snapshot.schema(database, last);
  const inSchema = second === "" ? "PUBLIC" : (second ?? context.schema);
  const schema = inSchema === undefined ? undefined : snapshot.schema(database, inSchema);
  const found = schema && snapshot.find(space, schema.id, last, sessionId);
  if (found?.kind === "table" || found?.kind === "view" || found?.kind === "stream") return found;
  if (found?.kind === "procedure" || found?.kind === "task") return found;
  if (found?.kind === "alert" || found?.kind === "pipe") return found;
  if (found?.kind === "masking_policy" || found?.kind === "row_access_policy") return found;
  if (found?.kind === "tag") return found;
  if (found?.kind === "stage" || found?.kind === "file_format") return found;
  return found?.kind === "sequence" || found?.kind === "function" ? found : undefined;
}

/** A routine's name is followed by its argument types: `add(number, varchar)`. */
function withoutSignature(name: string, space: NameSpace | "policy") {
  const at = space === "function" || space === "procedure" ? name.indexOf("(") : -1;
  if (at < 0) return { path: name, signature: "" };
  const types = parseSignature(new Cursor(name.slice(at)));
  const options = { timestampMapping: "TIMESTAMP_NTZ" };
  const signature = signatureText(types.map((type) => resolveTypeName(type, options)));
  return { path: name.slice(0, at).trim(), signature };
}
