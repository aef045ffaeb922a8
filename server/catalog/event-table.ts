/**
 * SNOWFLAKE.TELEMETRY.EVENTS, the event table that every account has.
 * https://docs.snowflake.com/en/developer-guide/logging-tracing/event-table-columns
 */

import type { QualifiedName, Relation } from "../../translator/bind/catalog.ts";
import { encodeVariant, newObject, type VariantValue } from "../../translator/variant/encoding.ts";
import type { EventLog, EventRecord } from "../observe/events.ts";
import { parseShape } from "./information-schema/column-spec.ts";
import { type InlineRow, inlineRelation } from "./information-schema/inline.ts";

const SHAPE = parseShape(`
  timestamp ntz, start_timestamp ntz, observed_timestamp ntz, trace object, resource object,
  resource_attributes object, scope object, scope_attributes object, record_type, record object,
  record_attributes object, value variant, exemplars array`);

/** The event table by its name; undefined for every other name. */
export function eventTable(name: QualifiedName, events: EventLog): Relation | undefined {
  const { database, schema, name: table } = name;
  if (database !== "SNOWFLAKE" || schema !== "TELEMETRY" || table !== "EVENTS") return undefined;
  return inlineRelation(name, SHAPE, events.all().map(eventRow));
}

function eventRow(event: EventRecord): InlineRow {
  return {
    timestamp: event.at,
    observed_timestamp: event.at,
    start_timestamp: event.type === "SPAN" ? event.at : null,
    resource_attributes: objectOf({
      "db.user": event.user,
      "snow.database.name": event.database,
      "snow.query.id": event.queryId,
      "snow.schema.name": event.schema,
      "snow.session.id": event.sessionId,
      "snow.session.role.primary.name": event.role,
      "snow.warehouse.name": event.warehouse,
    }),
    record_type: event.type,
    record: objectOf(event.record),
    record_attributes: event.attributes ?? null,
    value: event.value === undefined ? null : encodeVariant(event.value),
  };
}

/** Canonical text of an object; members without a value are left out. */
function objectOf(members: Readonly<Record<string, string | number | undefined>>): string {
  const object = newObject();
  for (const [key, value] of Object.entries(members)) {
    if (value !== undefined) object[key] = value as VariantValue;
  }
  return encodeVariant(object);
}
