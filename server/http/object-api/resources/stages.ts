/**
 * Stages and their files.
 * https://docs.snowflake.com/en/developer-guide/snowflake-rest-api/reference/stage
 */

import { quoteString } from "../../../../translator/lex/literals.ts";
import { printObjectName } from "../../../../translator/statements/print.ts";
import type { Property, PropertyValue } from "../../../../translator/statements/properties.ts";
import { parseStatement } from "../../../../translator/statements/statement.ts";
import { anyText, flag, name, type Readings, text, time } from "../columns.ts";
import { type Fields, refused } from "../fields.ts";
import { optionsOf, type PropertyTable, property, textValue } from "../properties.ts";
import type { ObjectRequest } from "../request.ts";
import { type Endpoint, type Resource, target, type Work } from "../resource.ts";
import { createObject, persistence } from "../statements.ts";

const PROPERTIES: PropertyTable = {
  url: "text",
  endpoint: "text",
  storage_integration: "name",
  comment: "text",
};

const CREDENTIALS: Readonly<Record<"AWS" | "AZURE", PropertyTable>> = {
  AWS: { aws_key_id: "text", aws_secret_key: "text", aws_token: "text", aws_role: "text" },
  AZURE: { azure_sas_token: "text" },
};

const DIRECTORY: PropertyTable = {
  enable: "boolean",
  refresh_on_create: "boolean",
  auto_refresh: "boolean",
  notification_integration: "text",
};

const ENCRYPTION: PropertyTable = { type: "text", master_key: "text", kms_key_id: "text" };

/** An object of the body as an option with options of its own; nothing when it is not there or says nothing. */
function nested(
  fields: Fields,
  key: string,
  option: string,
  optionsIn: (inner: Fields) => readonly Property[],
): Property[] {
  const inner = fields.record(key);
  if (inner === undefined) return [];
  const properties = optionsIn(inner);
  inner.end();
  const value: PropertyValue = { kind: "map", properties };
  return properties.length === 0 ? [] : [property(option, value)];
}

function credentials(fields: Fields): Property[] {
  const type = fields.word("credential_type", ["AWS", "AZURE"]);
  if (type === undefined) throw refused("the property credential_type is missing");
  return optionsOf(fields, CREDENTIALS[type]);
}

function stageOptions(fields: Fields): Property[] {
  return [
    ...optionsOf(fields, PROPERTIES),
    ...nested(fields, "credentials", "CREDENTIALS", credentials),
    ...nested(fields, "encryption", "ENCRYPTION", (inner) => optionsOf(inner, ENCRYPTION)),
    ...nested(fields, "directory_table", "DIRECTORY", (inner) => optionsOf(inner, DIRECTORY)),
  ];
}

function files(request: ObjectRequest): Work {
  const pattern = request.query.text("pattern");
  const properties = pattern === undefined ? [] : [property("PATTERN", textValue(pattern))];
  const stage = `@${printObjectName(target(request))}`;
  return async (runner) => {
    const rows = await runner.rows({ kind: "list", stage, properties });
    return rows.map(({ name, size, md5, last_modified }) => ({ name, size, md5, last_modified }));
  };
}

function presignedUrl(request: ObjectRequest): Work {
  const stage = `@${printObjectName(target(request))}`;
  const path = quoteString(request.parameters["filePath"] ?? "");
  const seconds = request.body.integer("expiration_time");
  const expiry = seconds === undefined ? "" : `, ${seconds}`;
  const statement = parseStatement(`SELECT GET_PRESIGNED_URL(${stage}, ${path}${expiry})`);
  return async (runner) => {
    const [row] = await runner.rows(statement);
    return { presigned_url: Object.values(row ?? {})[0] ?? null };
  };
}

const FILES: readonly Endpoint[] = [
  { method: "GET", path: "/{name}/files", plan: files },
  { method: "POST", path: "/{name}/files/{filePath}:presigned-url", plan: presignedUrl },
];

const COLUMNS: Readings = {
  name: name("name"),
  kind: (row) => ((row["type"] ?? "").includes("TEMPORARY") ? "TEMPORARY" : "PERMANENT"),
  url: text("url"),
  endpoint: text("endpoint"),
  storage_integration: name("storage_integration"),
  comment: anyText("comment"),
  directory_table: (row) => ({ enable: row["directory_enabled"] === "Y" }),
  created_on: time("created_on"),
  has_credentials: flag("has_credentials"),
  has_encryption_key: flag("has_encryption_key"),
  owner: name("owner"),
  owner_role_type: text("owner_role_type"),
  region: text("region"),
  cloud: text("cloud"),
};

export const STAGES: Resource = {
  collection: "stages",
  level: "schema",
  kind: "STAGE",
  listParameters: ["like"],
  readOnly: [
    "created_on",
    "has_credentials",
    "has_encryption_key",
    "owner",
    "owner_role_type",
    "region",
    "cloud",
  ],
  create: (head, fields) => {
    persistence(fields);
    return createObject("STAGE", head, { properties: stageOptions(fields) });
  },
  columns: COLUMNS,
  more: FILES,
};
