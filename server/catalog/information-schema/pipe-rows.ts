/** Rows of PIPES. https://docs.snowflake.com/en/sql-reference/info-schema/pipes */

import { pipesOf } from "../pipe-object.ts";
import { orNull, type Rows, yesNo } from "./define.ts";
import { schemas } from "./objects.ts";

const pipeRows: Rows = ({ snapshot, database }) =>
  schemas(snapshot, database).flatMap((schema) =>
    pipesOf(snapshot, schema.id).map((pipe) => ({
      pipe_catalog: database.name,
      pipe_schema: schema.name,
      pipe_name: pipe.name,
      pipe_owner: orNull(pipe.owner),
      definition: pipe.definition,
      is_autoingest_enabled: yesNo(pipe.autoIngest),
      notification_channel_name: null,
      created: pipe.createdAt,
      last_altered: pipe.alteredAt,
      comment: orNull(pipe.comment),
      pattern: pipe.pattern ?? null,
    })),
  );

export const PIPE_VIEWS: Readonly<Record<string, Rows>> = { PIPES: pipeRows };
