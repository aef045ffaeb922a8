import { describe, expect, it } from "vitest";
import type { DynamicDefinition, TargetLag } from "../../catalog/dynamic-definition.ts";
import type { DynamicTable } from "../../catalog/dynamic-table.ts";
import type { CatalogObject } from "../../catalog/objects.ts";
import { Snapshot } from "../../catalog/snapshot.ts";
import { DynamicGraph, pipelines } from "./graph.ts";
import { nextRefresh, refreshPeriod } from "./period.ts";
import { resumptionChanges, suspensionChanges } from "./suspension.ts";

const SCHEMA = 2;
const DOWNSTREAM: TargetLag = { kind: "downstream" };
const common = { createdAt: 0, alteredAt: 0, owner: "", comment: "", options: {} };

function minutes(count: number): TargetLag {
  return { kind: "time", text: `${count} minutes`, seconds: count * 60 };
}

/** @param reads the ids of the tables that it reads; the base table when there are none */
function table(
  id: number,
  reads: readonly number[],
  lag: TargetLag | undefined,
  more: Partial<DynamicDefinition> = {},
): DynamicTable {
  const names = reads.length === 0 ? ["base"] : reads.map((above) => `t${above}`);
  return {
    ...{ ...common, kind: "table", id, name: `T${id}`, schemaId: SCHEMA, physical: "" },
    ...{ persistence: "permanent", columns: [], constraints: [], clusterBy: "" },
    ...{ retentionDays: 1, nextColumn: 1 },
    dynamic: {
      ...{ text: "", query: `SELECT * FROM ${names.join(", ")}`, lag, warehouse: "W" },
      ...{ askedMode: "AUTO", mode: "INCREMENTAL", initialize: "ON_CREATE" },
      ...{ validFrom: 0, trigger: "CREATE_DYNAMIC_TABLE" },
      ...more,
    },
  };
}

function catalog(tables: readonly DynamicTable[], views: Record<string, string> = {}): Snapshot {
  const containers: CatalogObject[] = [
    { ...common, kind: "database", id: 1, name: "D", transient: false, retentionDays: 1 },
    {
      ...{ ...common, kind: "schema", id: SCHEMA, name: "S", databaseId: 1 },
      ...{ transient: false, managedAccess: false, retentionDays: 1 },
    },
  ];
  const others = Object.entries(views).map(
    ([name, query], index): CatalogObject => ({
      ...{ ...common, kind: "view", id: 100 + index, name, schemaId: SCHEMA, text: "", query },
      ...{ columns: [], secure: false, materialized: false },
    }),
  );
  return Snapshot.empty.with(
    [...containers, ...others, ...tables].map((object) => ({ kind: "put" as const, object })),
  );
}

const ids = (tables: readonly DynamicTable[]) => tables.map(({ id }) => id);

//      10      20
//     /  \      |
//   11    12   21
//     \  /
//      13
const diamond = [
  table(10, [], DOWNSTREAM),
  table(11, [10], DOWNSTREAM),
  table(12, [10], minutes(5)),
  table(13, [11, 12], minutes(10)),
  table(20, [], DOWNSTREAM),
  table(21, [20], DOWNSTREAM),
];

describe("a graph of dynamic tables", () => {
  const graph = new DynamicGraph(catalog(diamond));

  it("has every table behind all that it reads", () => {
    const [, , , last] = diamond;
    const order = ids(graph.upstreamFirst(last === undefined ? [] : [last]));
    expect(order[0]).toBe(10);
    expect(order[3]).toBe(13);
    expect([...order].sort()).toEqual([10, 11, 12, 13]);
    expect(ids(graph.allBelow(10)).sort()).toEqual([11, 12, 13]);
  });

  it("knows the lag that a table with DOWNSTREAM has to keep", () => {
    expect(graph.lagSeconds(13)).toBe(600);
    expect(graph.lagSeconds(11)).toBe(600);
    // 12 needs it more often than 13 does.
    expect(graph.lagSeconds(10)).toBe(300);
    expect(graph.lagSeconds(20)).toBeUndefined();
  });

  it("falls into pipelines", () => {
    expect(pipelines(graph.tables, graph).map((group) => ids(group).sort())).toEqual([
      [10, 11, 12, 13],
      [20, 21],
    ]);
  });

  it("looks through views, and at no names of common table expressions", () => {
    const reader = {
      ...table(30, [], DOWNSTREAM),
      dynamic: {
        ...table(30, [], DOWNSTREAM).dynamic,
        query: "WITH t20 AS (SELECT 1) SELECT * FROM v, t20",
      },
    };
    const views = { V: "SELECT * FROM w", W: "SELECT * FROM s.t10" };
    expect(ids(new DynamicGraph(catalog([...diamond, reader], views)).above(30))).toEqual([10]);
  });

  it("stops at a table that the scheduler leaves alone", () => {
    const isolated = diamond.map((each) =>
      each.id === 11 ? table(11, [10], undefined, { scheduler: "DISABLE" }) : each,
    );
    const other = new DynamicGraph(catalog(isolated));
    const named = (id: number) => isolated.filter((each) => each.id === id);
    expect(ids(other.upstreamFirst(named(11)))).toEqual([11]);
    expect(ids(other.upstreamFirst(named(13)))).toEqual([10, 12, 13]);
    // Asked for by name it is refreshed too, and still before what reads it.
    expect(ids(other.upstreamFirst([...named(13), ...named(11)]))).toEqual([11, 10, 12, 13]);
  });
});

describe("suspension", () => {
  const statesIn = (snapshot: Snapshot) =>
    new DynamicGraph(snapshot).tables.map(
      ({ id, dynamic }) => `${id} ${dynamic.suspended?.reason ?? "ACTIVE"}`,
    );

  it("goes down, and comes up but for what a user suspended", () => {
    const [first, second] = diamond;
    if (first === undefined || second === undefined) throw new Error("two tables expected");
    const before = catalog(diamond);
    const one = before.with(suspensionChanges(second, "USER_SUSPENDED", before, 5));
    expect(statesIn(one).slice(0, 4)).toEqual([
      "10 ACTIVE",
      "11 USER_SUSPENDED",
      "12 ACTIVE",
      "13 UPSTREAM_USER_SUSPENDED",
    ]);
    const two = one.with(suspensionChanges(first, "USER_SUSPENDED", one, 6));
    expect(statesIn(two).slice(0, 4)).toEqual([
      "10 USER_SUSPENDED",
      "11 USER_SUSPENDED",
      "12 UPSTREAM_USER_SUSPENDED",
      "13 UPSTREAM_USER_SUSPENDED",
    ]);
    const suspended = two.get(10) as DynamicTable;
    const three = two.with(resumptionChanges(suspended, two, 7));
    // 13 still reads 11, which somebody suspended.
    expect(statesIn(three).slice(0, 4)).toEqual([
      "10 ACTIVE",
      "11 USER_SUSPENDED",
      "12 ACTIVE",
      "13 UPSTREAM_USER_SUSPENDED",
    ]);
  });
});

describe("how often a lag makes a table refresh", () => {
  it("is the longest doubling of 48 seconds below it", () => {
    const seconds = [60, 96, 97, 300, 600, 3_600, 86_400];
    expect(seconds.map((lag) => refreshPeriod(lag) / 1_000)).toEqual([
      48, 48, 96, 192, 384, 3_072, 49_152,
    ]);
  });

  it("meets at the same times for all lags", () => {
    const now = 1_000_000_123;
    const far = nextRefresh(600, now);
    expect(far).toBeGreaterThan(now);
    expect(far % refreshPeriod(60)).toBe(0);
    expect(nextRefresh(60, far - 1)).toBe(far);
    expect(nextRefresh(600, far)).toBe(far + refreshPeriod(600));
  });
});
