/**
 * COPY INTO a location: the rows of a table or query as files of a stage.
 * https://docs.snowflake.com/en/sql-reference/sql/copy-into-location
 */

import { snowflakeError } from "../../translator/base/errors.ts";
import { numberType, textType } from "../../translator/types/types.ts";
import type { ResultColumn } from "../results/stream.ts";
import { resolveFormat } from "../stages/resolve-format.ts";
import { resolveStage } from "../stages/staged-files.ts";
import { unloadedExtension } from "../stages/unload/file-names.ts";
import { unloadOptions } from "../stages/unload/unload-options.ts";
import { writing } from "./dml.ts";
import type { Execution, Handler, StatementResult } from "./execution.ts";
import { fillStreams } from "./placeholders.ts";
import { stageScope } from "./stage-scope.ts";
import { UNLOAD_STATEMENT } from "./statement-types.ts";
import { type UnloadPlan, unloadParquet, unloadText } from "./unload-files.ts";
import { unloadQuery } from "./unload-query.ts";
import { unloadedRows } from "./unload-rows.ts";
import { checkDestination, type UnloadedFile } from "./unload-target.ts";

const SEMI: ReadonlySet<string> = new Set(["variant", "object", "array", "map"]);

export const copyIntoLocation: Handler<"copy_into_location"> = async (statement, execution) => {
  const { location: written, partitionBy } = statement;
  const options = unloadOptions(statement.properties, partitionBy !== undefined);
  const scope = stageScope(execution);
  const location = resolveStage(written.kind === "stage" ? written.path : written.url, scope);
  const format = resolveFormat(options.fileFormat, location.object, scope);
  const query = await unloadQuery(statement, execution);
  if (!["CSV", "JSON", "PARQUET"].includes(format.type)) {
    throw snowflakeError("unsupportedFeature", { feature: `unloading to TYPE = ${format.type}` });
  }
  const [column, second] = query.columns;
  const isOneSemi = second === undefined && SEMI.has(column?.type.kind ?? "");
  if (format.type === "JSON" && !isOneSemi) {
    throw snowflakeError("unloadSingleColumn");
  }
  const plan: UnloadPlan = {
    query,
    location,
    format,
    options,
    names: {
      path: location.path,
      extension: unloadedExtension(format),
      queryId: options.includeQueryId ? execution.queryId : undefined,
      single: options.single,
    },
  };
  if (options.returnRows) return unloadedRows(filled(plan, execution), execution);
  if (execution.describeOnly) return resultOf([], options.detailedOutput);
  return resultOf(await consuming(plan, execution), options.detailedOutput);
};

/** Unloading consumes the streams that it reads. */
async function consuming(plan: UnloadPlan, execution: Execution): Promise<UnloadedFile[]> {
  const { streams } = plan.query;
  if (streams.length === 0) return unload(plan, execution);
  return writing([], execution, () => unload(filled(plan, execution), execution), streams);
}

function filled(plan: UnloadPlan, execution: Execution): UnloadPlan {
  const { query } = plan;
  return { ...plan, query: { ...query, sql: fillStreams(query.sql, execution) } };
}

async function unload(plan: UnloadPlan, execution: Execution): Promise<UnloadedFile[]> {
  const { location, format, options } = plan;
  // A name of its own for each statement meets no other file.
  if (!options.includeQueryId) checkDestination(location, options.overwrite, execution);
  return format.type === "PARQUET" ? unloadParquet(plan, execution) : unloadText(plan, execution);
}

const COUNT = numberType(38, 0);

function column(name: string, type: ResultColumn["type"]): ResultColumn {
  return { name, type, nullable: false };
}

function resultOf(files: readonly UnloadedFile[], detailed: boolean): StatementResult {
  if (detailed) {
    return {
      columns: [
        column("FILE_NAME", textType(16_777_216)),
        column("FILE_SIZE", COUNT),
        column("ROW_COUNT", COUNT),
      ],
      rows: {
        kind: "cells",
        rows: files.map(({ name, size, rows }) => [name, String(size), String(rows)]),
      },
      statementType: UNLOAD_STATEMENT,
    };
  }
  const total = (value: (file: UnloadedFile) => number) =>
    String(files.reduce((sum, file) => sum + value(file), 0));
  return {
    columns: ["rows_unloaded", "input_bytes", "output_bytes"].map((name) => column(name, COUNT)),
    rows: {
      kind: "cells",
      rows: [
        [
          total(({ rows }) => rows),
          total(({ inputBytes }) => inputBytes),
          total(({ size }) => size),
        ],
      ],
    },
    statementType: UNLOAD_STATEMENT,
  };
}
