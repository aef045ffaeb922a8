/** SHOW STAGES and DESCRIBE STAGE. https://docs.snowflake.com/en/sql-reference/sql/show-stages */

import { stages } from "../../catalog/information-schema/objects.ts";
import type { StageObject } from "../../catalog/objects.ts";
import { FileFormat, storedFormat } from "../../stages/file-format.ts";
import { type DescribedOption, describedOptions } from "../../stages/format-text.ts";
import type { Execution, StatementOf, StatementResult } from "../execution.ts";
import { DESCRIBE_STATEMENT } from "../statement-types.ts";
import { applyClauses } from "./clauses.ts";
import { ownerRoleType, type ShowRow, shapedResult, shapeOf, yn } from "./rows.ts";
import { onceByName, scopePlaces } from "./scope.ts";

type Statement = StatementOf<"show">;

export async function showStages(
  statement: Statement,
  execution: Execution,
): Promise<StatementResult> {
  const { snapshot } = execution.account.catalog;
  const sessionId = String(execution.session.id);
  const rows = scopePlaces(statement.scope, execution).flatMap(({ database, schema }) =>
    schema === undefined
      ? []
      : stages(snapshot, schema, sessionId).map((stage) =>
          stageRow(stage, database.name, schema.name),
        ),
  );
  const left = applyClauses(onceByName(rows, statement.scope, execution), statement);
  return shapedResult(shapeOf("STAGES"), left);
}

/** The cloud that a URL is in, as SHOW STAGES names it. */
const CLOUDS: Readonly<Record<string, string>> = {
  s3: "AWS",
  s3gov: "AWS",
  s3china: "AWS",
  s3compat: "AWS",
  gcs: "GCP",
  azure: "AZURE",
};

function stageType({ url, encryption, sessionId }: StageObject): string {
  const kind = url === undefined ? "INTERNAL" : "EXTERNAL";
  // SNOWFLAKE_SSE is encryption at the server: no client-side encryption.
  const unencrypted = url === undefined && encryption === "SNOWFLAKE_SSE" ? " NO CSE" : "";
  return `${kind}${sessionId === undefined ? "" : " TEMPORARY"}${unencrypted}`;
}

function stageRow(stage: StageObject, database: string, schema: string): ShowRow {
  const service = stage.url?.slice(0, stage.url.indexOf(":")).toLowerCase() ?? "";
  const orNull = (text: string) => (text === "" ? null : text);
  return {
    created_on: stage.createdAt,
    name: stage.name,
    database_name: database,
    schema_name: schema,
    url: stage.url ?? "",
    has_credentials: yn(stage.hasCredentials),
    has_encryption_key: yn(stage.url !== undefined && /CSE|MASTER/.test(stage.encryption)),
    owner: stage.owner,
    comment: stage.comment,
    region: null,
    type: stageType(stage),
    cloud: CLOUDS[service] ?? null,
    notification_channel: null,
    storage_integration: orNull(stage.storageIntegration),
    endpoint: orNull(stage.endpoint),
    owner_role_type: ownerRoleType(stage.owner),
    directory_enabled: yn(stage.directory.enabled),
  };
}

/** The copy options of a stage with their kinds and defaults. */
const COPY_OPTIONS: readonly (readonly [name: string, type: string, byDefault: string])[] = [
  ["ON_ERROR", "String", "ABORT_STATEMENT"],
  ["SIZE_LIMIT", "Long", ""],
  ["PURGE", "Boolean", "false"],
  ["RETURN_FAILED_ONLY", "Boolean", "false"],
  ["ENFORCE_LENGTH", "Boolean", "true"],
  ["TRUNCATECOLUMNS", "Boolean", "false"],
  ["FORCE", "Boolean", "false"],
];

/** What DESCRIBE STAGE does not list of a file format. */
const NOT_LISTED = new Set(["PARSE_HEADER"]);

function property(
  parent: string,
  name: string,
  type: string,
  value: string,
  byDefault = "",
): ShowRow {
  return {
    parent_property: parent,
    property: name,
    property_type: type,
    property_value: value,
    property_default: byDefault,
  };
}

/** One row for each property. https://docs.snowflake.com/en/sql-reference/sql/desc-stage */
export function describeStage(stage: StageObject, timestamp: (at: number) => string) {
  const { directory, copyOptions } = stage;
  const copy = COPY_OPTIONS.map(([name, type, byDefault]) => {
    const given = copyOptions[name];
    const value = type === "Boolean" ? given?.toLowerCase() : given?.toUpperCase();
    return property("STAGE_COPY_OPTIONS", name, type, value ?? byDefault, byDefault);
  });
  const refreshed =
    directory.refreshedAt === undefined
      ? []
      : [property("DIRECTORY", "LAST_REFRESHED_ON", "Timestamp", timestamp(directory.refreshedAt))];
  const rows = [
    ...formatRows(stage),
    ...copy,
    property("STAGE_LOCATION", "URL", "String", stage.url === undefined ? "" : list(stage.url)),
    ...integration(stage),
    property("STAGE_CREDENTIALS", "AWS_KEY_ID", "String", ""),
    ...refreshed,
    property("DIRECTORY", "ENABLE", "Boolean", String(directory.enabled), "false"),
    property("DIRECTORY", "AUTO_REFRESH", "Boolean", String(directory.autoRefresh), "false"),
  ];
  const shape = "parent_property, property, property_type, property_value, property_default";
  return shapedResult(shape, rows, DESCRIBE_STATEMENT);
}

function list(url: string): string {
  return JSON.stringify([url]);
}

function integration({ storageIntegration }: StageObject): ShowRow[] {
  if (storageIntegration === "") return [];
  return [property("STAGE_INTEGRATION", "STORAGE_INTEGRATION", "String", storageIntegration)];
}

function formatRows({ format }: StageObject): ShowRow[] {
  const parent = "STAGE_FILE_FORMAT";
  if (format?.kind === "named") return [property(parent, "FORMAT_NAME", "String", format.name)];
  const resolved = format === undefined ? new FileFormat("CSV") : storedFormat(format);
  const described = describedOptions(resolved).filter(({ name }) => !NOT_LISTED.has(name));
  return [
    property(parent, "TYPE", "String", resolved.type, "CSV"),
    ...described.map((option) =>
      property(parent, option.name, option.type, lower(option, "value"), lower(option, "default")),
    ),
  ];
}

/** Booleans are in lower case here. */
function lower(option: DescribedOption, side: "value" | "default"): string {
  return option.type === "Boolean" ? option[side].toLowerCase() : option[side];
}
