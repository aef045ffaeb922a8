/**
 * Streams.
 * https://docs.snowflake.com/en/developer-guide/snowflake-rest-api/reference/stream
 */

import type { CreateHead } from "../../../../translator/statements/create_head.ts";
import type { Clause } from "../../../../translator/statements/forms.ts";
import type { Statement } from "../../../../translator/statements/statement.ts";
import { flag, name, text, time } from "../columns.ts";
import { type Fields, refused } from "../fields.ts";
import { objectName, qualifiedName, storedName } from "../names.ts";
import { optionsOf } from "../properties.ts";
import type { ObjectRequest, ShownRow } from "../request.ts";
import { ALL_LIST_PARAMETERS, type Resource, target, targetPlace, type Work } from "../resource.ts";
import { createHead, createObject, timeTravel } from "../statements.ts";

const SOURCES = ["table", "view", "stage", "external_table"] as const;

const READ_ONLY = [
  "created_on",
  "database_name",
  "schema_name",
  "owner",
  "table_name",
  "stale",
  "mode",
  "stale_after",
  "invalid_reason",
  "owner_role_type",
  "type",
];

function sourceName(source: Fields, place: readonly string[]) {
  const [database = "", schema = ""] = place;
  const at = (property: string, own: string) => {
    const given = source.text(property);
    return given === undefined ? own : storedName(given);
  };
  const parts = [at("database_name", database), at("schema_name", schema)];
  return qualifiedName(source.needed("name"), parts);
}

/** ON TABLE t AT (…), and COPY GRANTS. */
function clauses(source: Fields, { place, query }: ObjectRequest): Clause[] {
  const type = source.word("src_type", SOURCES);
  if (type === undefined) throw refused("the property src_type is missing");
  const when = timeTravel(source.record("point_of_time"));
  const form = `ON ${type.toUpperCase().replace("_", " ")} <name>`;
  const table = { kind: "name", name: sourceName(source, place) } as const;
  const on: Clause =
    when === undefined
      ? { form, arguments: [table] }
      : {
          form: `${form} <time_travel>`,
          arguments: [table, { kind: "time_travel", timeTravel: when }],
        };
  const copied = query.boolean("copyGrants") === true;
  return copied ? [{ form: "COPY GRANTS", arguments: [] }, on] : [on];
}

function createStream(head: CreateHead, fields: Fields, request: ObjectRequest): Statement {
  const source = fields.record("stream_source");
  if (source === undefined) throw refused("the property stream_source is missing");
  const on = clauses(source, request);
  const properties = [
    ...optionsOf(source, {
      append_only: "boolean",
      insert_only: "boolean",
      show_initial_rows: "boolean",
    }),
    ...optionsOf(fields, { comment: "text" }),
  ];
  source.passOver(["base_tables"]);
  source.end();
  return createObject("STREAM", head, { clauses: on, properties });
}

function cloned(request: ObjectRequest): Work {
  const { body, query } = request;
  const name = objectName(...targetPlace(request), storedName(body.needed("name")));
  const copied = query.boolean("copyGrants") === true;
  const statement = createObject("STREAM", createHead(name, query), {
    clone: { name: target(request) },
    clauses: copied ? [{ form: "COPY GRANTS", arguments: [] }] : [],
  });
  body.passOver(READ_ONLY);
  return statement;
}

function source(row: ShownRow): object {
  const whole = row["table_name"] ?? "";
  const parts = whole.match(/"(?:[^"]|"")+"|[^."]+/g) ?? [];
  const [name = whole, schema, database] = [...parts].reverse();
  return {
    src_type: (row["source_type"] ?? "").toLowerCase().replace(" ", "_"),
    name,
    database_name: database ?? null,
    schema_name: schema ?? null,
    append_only: row["mode"] === "APPEND_ONLY",
  };
}

export const STREAMS: Resource = {
  collection: "streams",
  level: "schema",
  kind: "STREAM",
  listParameters: ALL_LIST_PARAMETERS,
  readOnly: READ_ONLY,
  create: createStream,
  actions: { clone: cloned },
  columns: {
    name: name("name"),
    stream_source: source,
    comment: text("comment"),
    created_on: time("created_on"),
    database_name: name("database_name"),
    schema_name: name("schema_name"),
    owner: name("owner"),
    owner_role_type: text("owner_role_type"),
    table_name: text("table_name"),
    stale: flag("stale"),
    mode: text("mode"),
    stale_after: time("stale_after"),
    invalid_reason: text("invalid_reason"),
    type: text("type"),
  },
};
