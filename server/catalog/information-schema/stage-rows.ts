/** Rows of STAGES and FILE_FORMATS. https://docs.snowflake.com/en/sql-reference/info-schema/stages */

import { formatOf } from "../../stages/file-format.ts";
import { optionText } from "../../stages/format-text.ts";
import { orNull, type Rows } from "./define.ts";
import { fileFormats, schemas, stages } from "./objects.ts";

const stageRows: Rows = ({ snapshot, database, sessionId }) =>
  schemas(snapshot, database).flatMap((schema) =>
    stages(snapshot, schema, sessionId).map((stage) => ({
      stage_catalog: database.name,
      stage_schema: schema.name,
      stage_name: stage.name,
      stage_url: stage.url ?? null,
      stage_region: null,
      stage_type: stage.url === undefined ? "Internal Named" : "External Named",
      stage_owner: orNull(stage.owner),
      comment: orNull(stage.comment),
      created: stage.createdAt,
      last_altered: stage.alteredAt,
    })),
  );

/** The columns that are options of the format. */
const OPTIONS = [
  "RECORD_DELIMITER",
  "FIELD_DELIMITER",
  "SKIP_HEADER",
  "DATE_FORMAT",
  "TIME_FORMAT",
  "TIMESTAMP_FORMAT",
  "BINARY_FORMAT",
  "ESCAPE",
  "ESCAPE_UNENCLOSED_FIELD",
  "TRIM_SPACE",
  "FIELD_OPTIONALLY_ENCLOSED_BY",
  "NULL_IF",
  "COMPRESSION",
  "ERROR_ON_COLUMN_COUNT_MISMATCH",
];

const formatRows: Rows = ({ snapshot, database, sessionId }) =>
  schemas(snapshot, database).flatMap((schema) =>
    fileFormats(snapshot, schema, sessionId).map((object) => {
      const format = formatOf(object);
      const options = OPTIONS.map((name) => [name.toLowerCase(), optionText(format, name) ?? null]);
      return {
        file_format_catalog: database.name,
        file_format_schema: schema.name,
        file_format_name: object.name,
        file_format_owner: orNull(object.owner),
        file_format_type: object.type,
        ...Object.fromEntries(options),
        created: object.createdAt,
        last_altered: object.alteredAt,
        comment: orNull(object.comment),
      };
    }),
  );

export const STAGE_VIEWS: Readonly<Record<string, Rows>> = {
  STAGES: stageRows,
  FILE_FORMATS: formatRows,
};
