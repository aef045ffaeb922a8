/** Pipes as catalog objects. https://docs.snowflake.com/en/user-guide/data-load-snowpipe-intro */

import { accountSetting } from "./inherited-parameters.ts";
import type { Base } from "./object-base.ts";
import type { Snapshot } from "./snapshot.ts";

/** A pipe. PIPE_EXECUTION_PAUSED is among its `options`. */
export type PipeObject = Base<"pipe"> & {
  readonly schemaId: number;
  /** The account's name as its maker saw it. */
  readonly account: string;
  readonly autoIngest: boolean;
  /** The COPY statement as written. Its names resolve in the pipe's schema. */
  readonly definition: string;
  /** PATTERN of the COPY statement. */
  readonly pattern?: string | undefined;
  /**
   * The named stage that the pipe reads, as it was when the pipe was made: a stage that takes its name later is another one.
   * Undefined for the stage of a table, and for a stage that was not there yet.
   */
  readonly stage?: { readonly id: number; readonly url?: string | undefined } | undefined;
  /** The role that owns it got it while it was paused, and has not yet resumed it. */
  readonly transferred?: boolean | undefined;
};

export const PIPE_EXECUTION_PAUSED = "PIPE_EXECUTION_PAUSED";

/** A pipe that can be reached: neither it nor what holds it is dropped. */
export function livePipe(snapshot: Snapshot, id: number): PipeObject | undefined {
  const pipe = snapshot.get(id);
  if (pipe?.kind !== "pipe" || pipe.droppedAt !== undefined) return undefined;
  const schema = snapshot.get(pipe.schemaId);
  if (schema?.kind !== "schema" || schema.droppedAt !== undefined) return undefined;
  return snapshot.get(schema.databaseId)?.droppedAt === undefined ? pipe : undefined;
}

/** All pipes that can be reached. */
export function livePipes(snapshot: Snapshot): PipeObject[] {
  return [...snapshot.all()].flatMap((object) =>
    object.kind === "pipe" ? (livePipe(snapshot, object.id) ?? []) : [],
  );
}

/** The pipes of a schema by name. */
export function pipesOf(snapshot: Snapshot, schemaId: number): PipeObject[] {
  return snapshot.list("pipe", schemaId).filter((object) => object.kind === "pipe");
}

/** PIPE_EXECUTION_PAUSED: the pipe's own, else what its schema or the account sets. Docs: sql-reference/parameters. */
export function isPaused(pipe: PipeObject, snapshot: Snapshot): boolean {
  const levels = [pipe, snapshot.get(pipe.schemaId), accountSetting(snapshot)];
  const found = levels.find((level) => level?.options[PIPE_EXECUTION_PAUSED] !== undefined);
  return found?.options[PIPE_EXECUTION_PAUSED]?.toLowerCase() === "true";
}

/** The pipe with PIPE_EXECUTION_PAUSED set; undefined takes it away. */
export function withPaused(pipe: PipeObject, paused: boolean | undefined): PipeObject {
  const { [PIPE_EXECUTION_PAUSED]: _, ...options } = pipe.options;
  if (paused === undefined) return { ...pipe, options };
  return { ...pipe, options: { ...options, [PIPE_EXECUTION_PAUSED]: String(paused) } };
}
