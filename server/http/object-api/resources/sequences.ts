/**
 * Sequences.
 * https://docs.snowflake.com/en/developer-guide/snowflake-rest-api/reference/sequence
 */

import { quoteString } from "../../../../translator/lex/literals.ts";
import { printObjectName } from "../../../../translator/statements/print.ts";
import type { SequenceOptions } from "../../../../translator/statements/sequence.ts";
import { parseStatement } from "../../../../translator/statements/statement.ts";
import { anyText, flag, name, number, text, time } from "../columns.ts";
import type { Fields } from "../fields.ts";
import { objectName, storedName } from "../names.ts";
import type { ObjectRequest } from "../request.ts";
import { type Detail, type Resource, target, targetPlace, type Work } from "../resource.ts";
import { createHead } from "../statements.ts";

function options(fields: Fields): SequenceOptions {
  const written = (value: number | undefined) => (value === undefined ? undefined : String(value));
  return {
    start: written(fields.integer("start")),
    increment: written(fields.integer("increment")),
    ordered: fields.boolean("ordered"),
    comment: fields.text("comment"),
  };
}

const READ_ONLY = ["created_on", "database_name", "schema_name", "owner", "owner_role_type"];

function cloned(request: ObjectRequest): Work {
  const { body, query } = request;
  const name = objectName(...targetPlace(request), storedName(body.needed("name")));
  const statement: Work = {
    kind: "create_sequence",
    ...createHead(name, query),
    clone: target(request),
    options: {},
  };
  body.passOver(READ_ONLY);
  return statement;
}

function renamed(request: ObjectRequest): Work {
  const { query } = request;
  const name = objectName(...targetPlace(request), storedName(query.needed("targetName")));
  return {
    kind: "alter_sequence",
    ifExists: query.boolean("ifExists") === true,
    name: target(request),
    alteration: { kind: "rename", name },
  };
}

/** The first value, which SHOW SEQUENCES does not say. */
const firstValue: Detail = async (row, { place }, runner) => {
  const [database = "", schema = ""] = place;
  const view = printObjectName(objectName(database, "INFORMATION_SCHEMA", "SEQUENCES"));
  const statement = parseStatement(
    `SELECT START_VALUE FROM ${view} WHERE SEQUENCE_SCHEMA = ${quoteString(schema)}
      AND SEQUENCE_NAME = ${quoteString(row["name"] ?? "")}`,
  );
  const [found] = await runner.rows(statement);
  return { start: Number(found?.["START_VALUE"] ?? 1) };
};

export const SEQUENCES: Resource = {
  collection: "sequences",
  level: "schema",
  kind: "SEQUENCE",
  listParameters: ["like"],
  readOnly: READ_ONLY,
  create: (head, fields) => ({ kind: "create_sequence", ...head, options: options(fields) }),
  detail: firstValue,
  actions: { clone: cloned, rename: renamed },
  columns: {
    name: name("name"),
    increment: number("interval"),
    ordered: flag("ordered"),
    comment: anyText("comment"),
    created_on: time("created_on"),
    database_name: name("database_name"),
    schema_name: name("schema_name"),
    owner: name("owner"),
    owner_role_type: text("owner_role_type"),
  },
};
