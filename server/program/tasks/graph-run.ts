/**
 * One run of a task graph: the root, those after it as soon as all before them have succeeded, then the finalizer.
 * https://docs.snowflake.com/en/user-guide/tasks-graphs
 */

import { must } from "../../../translator/base/assert.ts";
import type { TaskObject } from "../../catalog/task-object.ts";
import type { GraphPlan, Step } from "./graph.ts";
import { type GraphRecord, isBad, type TaskRecord, type TaskState } from "./history.ts";
import type { Before } from "./task-run.ts";

type Outcome = {
  readonly state: "succeeded" | "skipped" | "failed";
  /** The records of the task and of those before it; a task that did not run has none of its own. */
  readonly records: Before;
};

/** Runs a task after the records of those before it. */
export type RunStep = (task: TaskObject, before: Before) => Promise<TaskRecord>;

/**
 * @param kept records of an earlier attempt that are not to be repeated, by the task's id
 * @param isLast whether a failure is final, so that the finalizer runs
 */
export async function runGraph(
  plan: GraphPlan,
  graph: GraphRecord,
  kept: ReadonlyMap<number, TaskRecord>,
  isLast: boolean,
  run: RunStep,
): Promise<void> {
  const outcomes = new Map<number, Promise<Outcome>>();
  for (const step of plan.steps) {
    const before = step.after.map((id) => must(outcomes.get(id)));
    const earlier = kept.get(step.task.id);
    outcomes.set(
      step.task.id,
      Promise.all(before).then((all) => runStep(step, all, earlier, run)),
    );
  }
  const ended = await Promise.all(outcomes.values());
  const state = graphState(graph, ended);
  const records = ended.flatMap((outcome) => outcome.records);
  const isOver = state === "SUCCEEDED" || (state !== "SKIPPED" && isLast);
  if (plan.finalizer === undefined || !isOver) {
    graph.state = state;
    return;
  }
  const final = await run(plan.finalizer, [...new Set(records)]);
  graph.state = state === "SUCCEEDED" && isBad(final.state) ? final.state : state;
}

async function runStep(
  { task }: Step,
  before: readonly Outcome[],
  earlier: TaskRecord | undefined,
  run: RunStep,
): Promise<Outcome> {
  const above = [...new Set(before.flatMap(({ records }) => records))];
  if (before.some(({ state }) => state === "failed")) return { state: "failed", records: above };
  if (before.length > 0 && before.every(({ state }) => state === "skipped")) {
    return { state: "skipped", records: above };
  }
  const record = earlier ?? (await run(task, above));
  return { state: outcomeOf(record.state), records: [...above, record] };
}

function outcomeOf(state: TaskState): Outcome["state"] {
  if (state === "SUCCEEDED") return "succeeded";
  return state === "SKIPPED" ? "skipped" : "failed";
}

function graphState(graph: GraphRecord, [root, ...others]: readonly Outcome[]): TaskState {
  if (root?.state === "skipped") return "SKIPPED";
  const failed = [root, ...others].some((outcome) => outcome?.state === "failed");
  if (!failed) return "SUCCEEDED";
  const states = graph.tasks.map(({ state }) => state).filter(isBad);
  return states.includes("FAILED") ? "FAILED" : "CANCELLED";
}
