/** Rows of DATABASES, SCHEMATA, SEQUENCES and INFORMATION_SCHEMA_CATALOG_NAME. */

import { orNull, type Rows, yesNo } from "./define.ts";
import type { InlineRow } from "./inline.ts";
import {
  databases,
  INFORMATION_SCHEMA,
  INFORMATION_SCHEMA_COMMENT,
  nextValueQuery,
  schemas,
  sequences,
} from "./objects.ts";

const MINIMUM = "-9223372036854775808";
const MAXIMUM = "9223372036854775807";

const databaseRows: Rows = ({ snapshot }) =>
  databases(snapshot).map((database) => ({
    database_name: database.name,
    database_owner: orNull(database.owner),
    is_transient: yesNo(database.transient),
    comment: orNull(database.comment),
    created: database.createdAt,
    last_altered: database.alteredAt,
    retention_time: database.retentionDays,
    type: "STANDARD",
    owner_role_type: "ROLE",
  }));

const schemata: Rows = ({ snapshot, database }) => {
  const own: InlineRow = {
    catalog_name: database.name,
    schema_name: INFORMATION_SCHEMA,
    is_transient: "NO",
    is_managed_access: "NO",
    retention_time: database.retentionDays,
    created: database.createdAt,
    last_altered: database.createdAt,
    comment: INFORMATION_SCHEMA_COMMENT,
  };
  const made = schemas(snapshot, database).map(
    (schema): InlineRow => ({
      catalog_name: database.name,
      schema_name: schema.name,
      schema_owner: orNull(schema.owner),
      is_transient: yesNo(schema.transient || database.transient),
      is_managed_access: yesNo(schema.managedAccess),
      retention_time: schema.retentionDays,
      created: schema.createdAt,
      last_altered: schema.alteredAt,
      comment: orNull(schema.comment),
    }),
  );
  return [own, ...made];
};

const sequenceRows: Rows = ({ snapshot, database, sessionId }) =>
  schemas(snapshot, database).flatMap((schema) =>
    sequences(snapshot, schema, sessionId).map((sequence) => ({
      sequence_catalog: database.name,
      sequence_schema: schema.name,
      sequence_name: sequence.name,
      sequence_owner: orNull(sequence.owner),
      data_type: "NUMBER",
      numeric_precision: 38,
      numeric_precision_radix: 10,
      numeric_scale: 0,
      start_value: sequence.start,
      minimum_value: MINIMUM,
      maximum_value: MAXIMUM,
      next_value: { query: nextValueQuery(sequence), times: 1 },
      increment: sequence.increment,
      cycle_option: "NO",
      created: sequence.createdAt,
      last_altered: sequence.alteredAt,
      ordered: yesNo(sequence.ordered),
      comment: orNull(sequence.comment),
    })),
  );

export const CONTAINER_VIEWS: Readonly<Record<string, Rows>> = {
  DATABASES: databaseRows,
  SCHEMATA: schemata,
  SEQUENCES: sequenceRows,
  INFORMATION_SCHEMA_CATALOG_NAME: ({ database }) => [{ catalog_name: database.name }],
};
