/**
 * Views.
 * https://docs.snowflake.com/en/developer-guide/snowflake-rest-api/reference/view
 */

import type { CreateHead } from "../../../../translator/statements/create_head.ts";
import { printStoredName } from "../../../../translator/statements/properties.ts";
import { parseStatement, type Statement } from "../../../../translator/statements/statement.ts";
import { flag, name, type Readings, text, time } from "../columns.ts";
import type { Fields } from "../fields.ts";
import { identifier, objectName, query, storedName } from "../names.ts";
import type { ObjectRequest, ShownRow } from "../request.ts";
import { ALL_LIST_PARAMETERS, type Detail, type Resource } from "../resource.ts";
import { describe, persistence } from "../statements.ts";

function createView(head: CreateHead, fields: Fields, request: ObjectRequest): Statement {
  persistence(fields);
  const columns = (fields.records("columns") ?? []).map((column) => {
    const definition = {
      name: identifier(storedName(column.needed("name"))),
      comment: column.text("comment"),
      constraints: [],
      policies: [],
      tags: [],
    };
    // What the query gives decides the type.
    column.passOver(["datatype"]);
    column.end();
    return definition;
  });
  return {
    kind: "create_view",
    object: "VIEW",
    ...head,
    secure: fields.boolean("secure") === true,
    temporary: false,
    recursive: fields.boolean("recursive") === true,
    copyGrants: request.query.boolean("copyGrants") === true,
    columns,
    clusterBy: [],
    policies: [],
    tags: [],
    contacts: [],
    comment: fields.text("comment"),
    properties: [],
    query: query(fields.needed("query")),
  };
}

/** The query in the text of CREATE VIEW; a text that does not read as such is nothing. */
function queryText(row: ShownRow): string {
  const created = row["text"] ?? "";
  try {
    const statement = parseStatement(created);
    if (statement.kind !== "create_view") return "";
    return created.slice(statement.query.span.start, statement.query.span.end);
  } catch {
    return "";
  }
}

const COLUMNS: Readings = {
  name: name("name"),
  kind: () => "PERMANENT",
  secure: flag("is_secure"),
  comment: text("comment"),
  query: queryText,
  created_on: time("created_on"),
  database_name: name("database_name"),
  schema_name: name("schema_name"),
  owner: name("owner"),
  owner_role_type: text("owner_role_type"),
};

const viewDetail: Detail = async (row, { place }, runner) => {
  const columns = await runner.rows(describe("VIEW", objectName(...place, row["name"] ?? "")));
  return {
    columns: columns.map((column) => ({
      name: printStoredName(column["name"] ?? ""),
      datatype: column["type"],
      comment: column["comment"],
    })),
  };
};

export const VIEWS: Resource = {
  collection: "views",
  level: "schema",
  kind: "VIEW",
  listParameters: [...ALL_LIST_PARAMETERS, "deep"],
  readOnly: ["created_on", "database_name", "schema_name", "owner", "owner_role_type"],
  create: createView,
  detail: viewDetail,
  columns: { ...COLUMNS, columns: () => [] },
};
