/** What pipes have done with their files, as Snowpipe's reports tell it. https://docs.snowflake.com/en/user-guide/data-load-snowpipe-rest-apis */

import type { LoadStatus, Rows } from "./load-history.ts";

export type PipeEvent = {
  /** Numbers the files of all pipes in the order in which they were sent. */
  readonly number: number;
  readonly path: string;
  readonly stageLocation: string;
  readonly size: number;
  /** Milliseconds since the epoch, as is `loadedAt`. */
  readonly receivedAt: number;
  readonly loadedAt: number;
  readonly status: LoadStatus;
  readonly parsed: number;
  readonly loaded: number;
  readonly errorCount: number;
  readonly errorLimit: number;
  readonly firstError?: {
    readonly message: string;
    readonly line: number;
    readonly character: number;
    readonly column: string;
  };
};

/** Which events are wanted: members that are missing leave nothing out. */
export type EventRange = {
  /** Only what was sent after the file of this number. */
  readonly after?: number | undefined;
  /** Milliseconds since the epoch: when the loads ended, this one included and that one not. */
  readonly from?: number | undefined;
  readonly until?: number | undefined;
};

/** Events of one report. */
export const PIPE_EVENTS_MAX = 10_000;

const TIME_COLUMNS =
  "epoch_ms(loaded_at) AS loaded_ms, epoch_ms(pipe_received_time) AS received_ms";

/** The newest events of a pipe in that range, oldest first. */
export async function pipeEvents(
  rows: Rows,
  pipeId: number,
  { after, from, until }: EventRange,
): Promise<readonly PipeEvent[]> {
  const conditions = [
    `pipe_id = ${pipeId}`,
    ...(after === undefined ? [] : [`pipe_number > ${after}`]),
    ...(from === undefined ? [] : [`epoch_ms(loaded_at) >= ${from}`]),
    ...(until === undefined ? [] : [`epoch_ms(loaded_at) < ${until}`]),
  ];
  const found = await rows.rows(
    `SELECT *, ${TIME_COLUMNS}, file[length(stage_location) + 1:] AS path FROM mockhaus.load_history
     WHERE ${conditions.join(" AND ")} ORDER BY pipe_number DESC LIMIT ${PIPE_EVENTS_MAX}`,
  );
  return found.map(eventOf).reverse();
}

function eventOf(row: Readonly<Record<string, unknown>>): PipeEvent {
  const event = {
    number: Number(row["pipe_number"]),
    path: String(row["path"]),
    stageLocation: String(row["stage_location"]),
    size: Number(row["file_size"]),
    receivedAt: Number(row["received_ms"]),
    loadedAt: Number(row["loaded_ms"]),
    status: String(row["status"]) as LoadStatus,
    parsed: Number(row["row_parsed"]),
    loaded: Number(row["row_count"]),
    errorCount: Number(row["error_count"]),
    errorLimit: Number(row["error_limit"]),
  };
  if (row["first_error"] === null) return event;
  const firstError = {
    message: String(row["first_error"]),
    line: Number(row["first_error_line"]),
    character: Number(row["first_error_character"]),
    column: String(row["first_error_column"]),
  };
  return { ...event, firstError };
}
