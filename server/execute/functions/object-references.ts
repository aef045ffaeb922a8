/** GET_OBJECT_REFERENCES. https://docs.snowflake.com/en/sql-reference/functions/get_object_references */

import type { Relation } from "../../../translator/bind/catalog.ts";
import { parseStatement } from "../../../translator/statements/statement.ts";
import { parseShape } from "../../catalog/information-schema/column-spec.ts";
import { grantKind } from "../../catalog/information-schema/grants.ts";
import { type InlineRow, inlineRelation } from "../../catalog/information-schema/inline.ts";
import { tablesNamed } from "../named-tables.ts";
import { findMember, findSchema, nameParts, notFound, shownQualified } from "../names.ts";
import { requiredText, type ServerRequest } from "./request.ts";

const SHAPE = parseShape(`
  database_name, schema_name, view_name, referenced_database_name, referenced_schema_name,
  referenced_object_name, referenced_object_type`);

/** @throws 002003 when there is no such view, or when an object that it names is gone */
export function objectReferences(request: ServerRequest): Relation {
  const { execution } = request;
  const { snapshot } = execution.account.catalog;
  const [database = "", schema = "", name = ""] = [0, 1, 2].map((index) =>
    requiredText(request, index),
  );
  const found = findMember(snapshot, "relation", { database, schema, name }, execution);
  if (found?.kind !== "view") throw notFound("View", shownQualified({ database, schema, name }));
  const rows = tablesNamed(parseStatement(found.query)).map((written): InlineRow => {
    const [last = "", inSchema = schema, inDatabase = database] = [
      ...nameParts(written, execution),
    ].reverse();
    const member = { database: inDatabase, schema: inSchema, name: last };
    findSchema(snapshot, inDatabase, inSchema);
    const object = findMember(snapshot, "relation", member, execution);
    if (object === undefined) throw notFound("Object", shownQualified(member));
    return {
      database_name: database,
      schema_name: schema,
      view_name: name,
      referenced_database_name: inDatabase,
      referenced_schema_name: inSchema,
      referenced_object_name: last,
      referenced_object_type: grantKind(object).replaceAll("_", " "),
    };
  });
  const distinct = new Map(rows.map((row) => [JSON.stringify(row), row]));
  const label = { database: "", schema: "", name: "GET_OBJECT_REFERENCES" };
  return inlineRelation(label, SHAPE, [...distinct.values()]);
}
