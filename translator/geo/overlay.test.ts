import { describe, expect, test } from "vitest";
import { buffer } from "./buffer.ts";
import { type Operation, overlay } from "./overlay.ts";
import { parseGeo } from "./parse.ts";
import { polygonArea } from "./plane.ts";
import { wktOf } from "./print.ts";
import { combine, contains, covers, distanceOf } from "./relate.ts";
import { type Geo, partsOf, shapeOf } from "./shape.ts";

const geometry = (text: string) => parseGeo(text, { kind: "geometry" });
const geography = (text: string) => parseGeo(text, { kind: "geography" });
const area = (geo: Pick<Geo, "shape">) =>
  partsOf(geo.shape).polygons.reduce((sum, rings) => sum + polygonArea(rings), 0);

function result(a: string, b: string, operation: Operation): string {
  const parts = overlay(partsOf(geometry(a).shape), partsOf(geometry(b).shape), operation);
  return wktOf({ ...geometry(a), shape: shapeOf(parts) });
}

const SQUARE = "POLYGON((0 0,4 0,4 4,0 4,0 0))";

describe("overlay", () => {
  test.each<[string, string, Operation, string]>([
    [SQUARE, "LINESTRING(-1 1,9 1)", "intersection", "LINESTRING(0 1,4 1)"],
    ["LINESTRING(-1 1,9 1)", SQUARE, "difference", "MULTILINESTRING((-1 1,0 1),(4 1,9 1))"],
    ["LINESTRING(0 0,2 2)", "LINESTRING(0 2,2 0)", "intersection", "POINT(1 1)"],
    [SQUARE, "POLYGON((4 0,8 0,8 4,4 4,4 0))", "intersection", "LINESTRING(4 0,4 4)"],
    [SQUARE, "POLYGON((4 4,5 4,5 5,4 5,4 4))", "intersection", "POINT(4 4)"],
    [SQUARE, "POINT(1 1)", "union", SQUARE],
    ["MULTIPOINT((1 1),(9 9))", SQUARE, "difference", "POINT(9 9)"],
  ])("%s and %s: %s", (a, b, operation, expected) => {
    expect(result(a, b, operation)).toBe(expected);
  });

  test("a hole is cut out, filled again, and split off", () => {
    const inner = "POLYGON((1 1,2 1,2 2,1 2,1 1))";
    const cut = result(SQUARE, inner, "difference");
    expect(partsOf(geometry(cut).shape).polygons[0]).toHaveLength(2);
    expect(area(geometry(cut))).toBe(15);
    expect(area(geometry(result(cut, inner, "union")))).toBe(16);
    expect(result(cut, inner, "symdifference").match(/\(\(/g)).toHaveLength(1);
  });

  test("areas of random polygons add up", () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    const star = (cx: number, cy: number) => {
      const corners = Array.from({ length: 12 }, (_, i) => {
        const r = 1 + 3 * random();
        const at = (i * Math.PI) / 6;
        return `${cx + r * Math.cos(at)} ${cy + r * Math.sin(at)}`;
      });
      return geometry(`POLYGON((${[...corners, corners[0]].join(",")}))`);
    };
    for (let i = 0; i < 50; i++) {
      const [a, b] = [star(0, 0), star(2 * random(), random())];
      const size = (operation: Operation) =>
        area({ shape: shapeOf(combine("test", a, b, operation)) });
      const [union, both] = [size("union"), size("intersection")];
      expect(union + both).toBeCloseTo(area(a) + area(b), 9);
      expect(size("difference")).toBeCloseTo(area(a) - both, 9);
      expect(size("symdifference")).toBeCloseTo(union - both, 9);
    }
  });

  test("arcs of a GEOGRAPHY are great circles", () => {
    // https://docs.snowflake.com/en/sql-reference/functions/st_difference
    const a = geography("POLYGON((0 0, 1 0, 2 1, 1 2, 2 3, 1 4, 0 4, 0 0))");
    const b = geography("POLYGON((3 0, 3 4, 2 4, 1 3, 2 2, 1 1, 2 0, 3 0))");
    const shape = shapeOf(combine("ST_DIFFERENCE", a, b, "difference"));
    expect(wktOf({ ...a, shape, computed: true })).toBe(
      "POLYGON((1 1,1.5 1.500171359,1 2,1.5 2.500285599,1 3,1.5 3.500399839,1 4,0 4,0 0,1 0,1.5 0.5000571198,1 1))",
    );
  });

  test("what spans half the globe is refused", () => {
    const a = geography("LINESTRING(0 0,120 0)");
    const b = geography("LINESTRING(60 10,-120 0)");
    expect(() => combine("ST_UNION", a, b, "union")).toThrow("half the globe");
  });
});

describe("relations", () => {
  // https://docs.snowflake.com/en/sql-reference/functions/st_contains
  const poly = geometry("POLYGON((-2 0, 0 2, 2 0, -2 0))");
  test.each([
    ["POLYGON((-1 0, 0 1, 1 0, -1 0))", true, true],
    ["POLYGON((-2 0, 0 2, 2 0, -2 0))", true, true],
    ["LINESTRING(-1 1, 0 2, 1 1)", false, true],
    ["LINESTRING(-2 0, 0 0, 0 1)", true, true],
    ["POINT(0 2)", false, true],
    ["POINT(0 1)", true, true],
    ["POINT(5 5)", false, false],
  ])("%s", (text, inside, covered) => {
    expect(contains("test", poly, geometry(text))).toBe(inside);
    expect(covers("test", poly, geometry(text))).toBe(covered);
  });

  test("a point on the other side of the globe is not inside", () => {
    const square = geography("POLYGON((0 0,2 0,2 2,0 2,0 0))");
    expect(contains("test", square, geography("POINT(-179 -1)"))).toBe(false);
    expect(distanceOf("test", square, geography("POINT(1 1)"))).toBe(0);
    expect(distanceOf("test", square, geography("POINT(1 -1)"))).toBeCloseTo(111_195.1, 0);
  });
});

describe("buffer", () => {
  test("lines get round corners", () => {
    const line = buffer(geometry("LINESTRING(0 0,5 0,5 5)").shape, 1);
    expect(area({ shape: line })).toBeCloseTo(20 + 3.1214 - (4 - 3.1214) / 4, 1);
    expect(partsOf(line).polygons).toHaveLength(1);
  });

  test("polygons grow and shrink", () => {
    const { shape } = geometry(SQUARE);
    expect(area({ shape: buffer(shape, -1) })).toBeCloseTo(4, 9);
    expect(area({ shape: buffer(shape, 1) })).toBeCloseTo(16 + 16 + 3.1214, 3);
    expect(buffer(shape, -3)).toEqual({ type: "MultiPolygon", coordinates: [] });
  });
});
