import { describe, expect, test } from "vitest";
import { load, shapeToJson, store } from "./geojson.ts";
import { parseGeo } from "./parse.ts";
import { ewktOf, wktOf } from "./print.ts";
import { fromHex, parseWkb, printWkb, toHex } from "./wkb.ts";

const geography = (text: string) => parseGeo(text, { kind: "geography" });
const geometry = (text: string) => parseGeo(text, { kind: "geometry" });

describe("WKT", () => {
  // Texts as printed on https://docs.snowflake.com/en/sql-reference/functions/st_dimension
  test.each([
    ["POINT(66 12)", "POINT(66 12)"],
    ["MULTIPOINT((45 21), (12 54))", "MULTIPOINT((45 21),(12 54))"],
    ["MULTIPOINT(45 21, 12 54)", "MULTIPOINT((45 21),(12 54))"],
    ["LINESTRING(-124.20 42.00, -120.01 41.99)", "LINESTRING(-124.2 42,-120.01 41.99)"],
    [
      "GEOMETRYCOLLECTION(POLYGON((-10 0,0 10,10 0,-10 0)),LINESTRING(40 60, 50 50, 60 40), POINT(99 11))",
      "GEOMETRYCOLLECTION(POLYGON((-10 0,0 10,10 0,-10 0)),LINESTRING(40 60,50 50,60 40),POINT(99 11))",
    ],
    ["POINTZ(-122.35 37.55 30)", "POINTZ(-122.35 37.55 30)"],
    ["point z (1 2 3)", "POINTZ(1 2 3)"],
    ["POINT EMPTY", "POINT EMPTY"],
  ])("%s", (input, printed) => {
    expect(wktOf(geometry(input))).toBe(printed);
  });

  test("an SRID is kept by GEOMETRY and refused by GEOGRAPHY when it is not 4326", () => {
    expect(ewktOf(geometry("SRID=32633;POINTZ(389866.35 5819003.03 30)"))).toBe(
      "SRID=32633;POINTZ(389866.35 5819003.03 30)",
    );
    expect(() => geography("SRID=32633;POINT(1 2)")).toThrow("4326");
  });

  test.each(["POINT(1)", "POINT(1 2", "POINT(1 2) x", "CIRCLE(1 2)", "", "LINESTRING((1 2))"])(
    "refuses %j",
    (input) => {
      expect(() => geometry(input)).toThrow("Error parsing Geo input");
    },
  );
});

describe("WKB", () => {
  // https://docs.snowflake.com/en/sql-reference/functions/st_asewkb
  test.each([
    ["SRID=4326;POINT(-122.35 37.55)", "0101000020E61000006666666666965EC06666666666C64240"],
    [
      "SRID=0;LINESTRING(0.75 0.75, -10 20)",
      "01020000200000000002000000000000000000E83F000000000000E83F00000000000024C00000000000003440",
    ],
  ])("%s", (text, hex) => {
    const geo = geometry(text);
    expect(toHex(printWkb(geo.shape, geo.srid))).toBe(hex);
    expect(parseWkb(fromHex(hex))).toEqual({ shape: geo.shape, srid: geo.srid });
  });

  test.each([
    "MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6,5 5)))",
    "GEOMETRYCOLLECTION(POINT(1 2),MULTIPOINT((1 2),(3 4)),LINESTRING(0 0,1 1))",
    "POLYGONZ((0 0 1,1 0 1,1 1 1,0 0 1))",
  ])("comes back: %s", (text) => {
    const { shape } = geometry(text);
    expect(parseWkb(printWkb(shape, undefined)).shape).toEqual(shape);
  });

  test("counts that the bytes cannot hold are refused", () => {
    expect(() => parseWkb(fromHex("0102000000FFFFFF7F"))).toThrow("end of input");
    expect(() => parseWkb(fromHex("0109000000"))).toThrow("Unknown type");
  });
});

describe("stored text", () => {
  test("is GeoJSON with the coordinates as written", () => {
    expect(store(geography("POINT(-122.35 37.550)"))).toBe(
      '{"coordinates":[-122.35,37.55],"type":"Point"}',
    );
  });

  test("keeps the SRID of a GEOMETRY and what is a FLOAT", () => {
    const geo = { ...geometry("SRID=3857;LINESTRING(0 0,1 1.5)"), computed: true };
    expect(load(store(geo), "geometry")).toEqual(geo);
    expect(shapeToJson(geo.shape, false)).toBe(
      '{"coordinates":[[0,0],[1,1.5]],"type":"LineString"}',
    );
  });

  test("a Feature is its geometry", () => {
    const feature =
      '{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[1,2]}}';
    expect(wktOf(geography(feature))).toBe("POINT(1 2)");
    expect(() => geography('{"type":"Point","coordinates":["a",2]}')).toThrow("numbers");
    expect(() => geography('{"type":')).toThrow("JSON");
  });
});

describe("validity", () => {
  test.each([
    ["POLYGON((0 0,2 2,2 0,0 2,0 0))", "cross"],
    ["POLYGON((0 0,1 0,1 1))", "four points"],
    ["POLYGON((0 0,1 0,1 1,0 1))", "closed"],
    ["LINESTRING(100 102,100 102)", "fewer than two"],
    ["POLYGON((0 0,4 0,4 4,0 4,0 0),(5 5,6 5,6 6,5 5))", "outside"],
  ])("%s", (text, reason) => {
    expect(() => geometry(text)).toThrow(reason);
    expect(parseGeo(text, { kind: "geometry", allowInvalid: true }).shape).toBeDefined();
  });

  test("coordinates of a GEOGRAPHY have limits", () => {
    expect(() => geography("POINT(0 91)")).toThrow("latitude");
    expect(() => geography("POINT(181 0)")).toThrow("longitude");
  });
});
