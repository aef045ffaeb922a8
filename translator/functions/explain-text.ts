/**
 * Plans as EXPLAIN USING JSON gives them, printed as its other formats do.
 * https://docs.snowflake.com/en/sql-reference/functions/explain_json
 */

import { snowflakeError } from "../base/errors.ts";

export type PlanOperation = {
  readonly id: number;
  readonly parentOperators?: readonly number[] | undefined;
  readonly operation: string;
  readonly objects?: readonly string[] | undefined;
  readonly alias?: string | undefined;
  readonly expressions?: readonly string[] | undefined;
  readonly partitionsTotal?: number | undefined;
  readonly partitionsAssigned?: number | undefined;
  readonly bytesAssigned?: number | undefined;
};

export type GlobalStats = {
  readonly partitionsTotal: number;
  readonly partitionsAssigned: number;
  readonly bytesAssigned: number;
};

export type Plan = {
  readonly GlobalStats: GlobalStats;
  /** By step, from 1. */
  readonly Operations: readonly (readonly PlanOperation[])[];
};

type PlanCell = string | null;

/** @throws 100069 for what is no JSON of a plan */
export function parsePlan(json: string): Plan {
  let plan: unknown;
  try {
    plan = JSON.parse(json);
  } catch {
    throw snowflakeError("jsonParse", { reason: "no EXPLAIN output" });
  }
  const isPlan =
    typeof plan === "object" &&
    plan !== null &&
    "GlobalStats" in plan &&
    "Operations" in plan &&
    Array.isArray(plan.Operations) &&
    plan.Operations.every((step) => Array.isArray(step));
  if (!isPlan) throw snowflakeError("jsonParse", { reason: "no EXPLAIN output" });
  return plan as Plan;
}

/** Rows of EXPLAIN USING TABULAR: step, id, parents, operation, objects, alias, expressions and three statistics. */
export function planRows({ GlobalStats: stats, Operations: steps }: Plan): readonly PlanCell[][] {
  const head: PlanCell[] = [null, null, null, "GlobalStats", null, null, null];
  const rows = steps.flatMap((operations, step) =>
    operations.map((operation): PlanCell[] => [
      String(step + 1),
      String(operation.id),
      operation.parentOperators === undefined ? null : `[${operation.parentOperators.join(", ")}]`,
      operation.operation,
      listed(operation.objects),
      operation.alias ?? null,
      listed(operation.expressions),
      ...statistics(operation),
    ]),
  );
  return [[...head, ...statistics(stats)], ...rows];
}

function listed(items: readonly string[] | undefined): PlanCell {
  return items === undefined || items.length === 0 ? null : items.join(", ");
}

function statistics(of: Partial<GlobalStats>): PlanCell[] {
  return [of.partitionsTotal, of.partitionsAssigned, of.bytesAssigned].map((value) =>
    value === undefined ? null : String(value),
  );
}

/** The lines of EXPLAIN USING TEXT. */
export function planLines({ GlobalStats: stats, Operations: steps }: Plan): readonly string[] {
  const head = ["bytesAssigned", "partitionsAssigned", "partitionsTotal"] as const;
  const lines = steps.flatMap((operations, step) => {
    const depths = new Map<number, number>();
    return operations.map((operation) => operationLine(operation, step + 1, depths));
  });
  return [
    "GlobalStats:",
    ...head.map((key) => `${key}=${stats[key]}`),
    "Operations:",
    ...lines,
    "",
  ];
}

function operationLine(
  operation: PlanOperation,
  step: number,
  depths: Map<number, number>,
): string {
  const { id, parentOperators = [], objects, expressions, partitionsTotal } = operation;
  const depth = Math.max(0, ...parentOperators.map((parent) => (depths.get(parent) ?? 0) + 1));
  depths.set(id, depth);
  const { partitionsAssigned, bytesAssigned } = operation;
  const figures = `{partitionsTotal=${partitionsTotal}, partitionsAssigned=${partitionsAssigned}, bytesAssigned=${bytesAssigned}}`;
  const parts = [
    operation.operation,
    listed(objects),
    listed(expressions),
    partitionsTotal === undefined ? null : figures,
  ];
  const text = parts.filter((part) => part !== null).join("  ");
  return `${step}:${id}     ${"     ".repeat(depth)}->${text}`;
}
