import { describe, expect, it } from "vitest";
import type { CatalogObject } from "../../catalog/objects.ts";
import { Snapshot } from "../../catalog/snapshot.ts";
import type { TaskObject } from "../../catalog/task-object.ts";
import { checkGraph, dependentsOf, graphOf, planOf, rootsOf } from "./graph.ts";

const SCHEMA = 2;
const common = { createdAt: 0, alteredAt: 0, owner: "", comment: "", options: {} };

function task(id: number, predecessors: number[] = [], more: Partial<TaskObject> = {}): TaskObject {
  return {
    ...common,
    kind: "task",
    id,
    name: `T${id}`,
    schemaId: SCHEMA,
    uuid: `u${id}`,
    account: "A",
    overlap: "NO_OVERLAP",
    predecessors,
    definition: "SELECT 1",
    state: "started",
    version: 1,
    ...more,
  };
}

function catalog(...tasks: TaskObject[]): Snapshot {
  const containers: CatalogObject[] = [
    { ...common, kind: "database", id: 1, name: "D", transient: false, retentionDays: 1 },
    {
      ...{ ...common, kind: "schema", id: SCHEMA, name: "S", databaseId: 1 },
      ...{ transient: false, managedAccess: false, retentionDays: 1 },
    },
  ];
  return Snapshot.empty.with(
    [...containers, ...tasks].map((object) => ({ kind: "put" as const, object })),
  );
}

const ids = (tasks: readonly TaskObject[]) => tasks.map(({ id }) => id);
const root = task(10, [], { state: "suspended" });

describe("a graph", () => {
  //      10
  //     /  \
  //   11    12
  //     \  /  \
  //      13    14       15 ends it
  const diamond = [
    root,
    task(11, [10]),
    task(12, [10]),
    task(13, [11, 12]),
    task(14, [12]),
    task(15, [], { finalizes: 10 }),
  ];

  it("has every task behind all that come before it", () => {
    const order = ids(dependentsOf(catalog(...diamond), root));
    expect([...order].sort()).toEqual([11, 12, 13, 14]);
    expect(order.indexOf(13)).toBeGreaterThan(order.indexOf(11));
    expect(order.indexOf(13)).toBeGreaterThan(order.indexOf(12));
    expect(order.indexOf(14)).toBeGreaterThan(order.indexOf(12));
    expect([...ids(graphOf(catalog(...diamond), root))].sort()).toEqual([10, 11, 12, 13, 14, 15]);
  });

  it("is found from any of its tasks", () => {
    const snapshot = catalog(...diamond);
    for (const member of diamond) expect(ids(rootsOf(snapshot, member))).toEqual([10]);
  });

  it("runs its root though that is suspended, and leaves suspended children out", () => {
    const suspended = diamond.map((member) =>
      member.id === 12 ? { ...member, state: "suspended" as const } : member,
    );
    const { steps, finalizer } = planOf(catalog(...suspended), root);
    // 13 has 11 left before it; 14 had only the suspended task.
    expect(steps.map((step) => [step.task.id, step.after])).toEqual([
      [10, []],
      [11, [10]],
      [13, [11]],
    ]);
    expect(finalizer?.id).toBe(15);
  });
});

describe("what a graph does not allow", () => {
  it("a cycle", () => {
    const looped = task(11, [12]);
    expect(() => checkGraph(catalog(root, looped, task(12, [11])), looped)).toThrow(
      "task T11 would come after itself",
    );
    const own = task(11, [11]);
    expect(() => checkGraph(catalog(own), own)).toThrow("come after itself");
  });

  it("two roots", () => {
    const child = task(12, [10, 11]);
    expect(() => checkGraph(catalog(root, task(11), child), child)).toThrow(
      "more than one root task: T10, T11",
    );
  });

  it("more than 100 predecessors, more than 100 children", () => {
    const parents = Array.from({ length: 101 }, (_, index) => task(100 + index, [10]));
    const allowed = task(11, ids(parents.slice(0, 100)));
    expect(() =>
      checkGraph(catalog(root, ...parents.slice(0, 100), allowed), allowed),
    ).not.toThrow();
    const child = task(11, ids(parents));
    expect(() => checkGraph(catalog(root, ...parents, child), child)).toThrow(
      "at most 100 predecessors",
    );
    const last = task(200, [10]);
    expect(() => checkGraph(catalog(root, ...parents.slice(0, 100), last), last)).toThrow(
      "at most 100 children",
    );
  });
});
