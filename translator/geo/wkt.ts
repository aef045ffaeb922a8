/**
 * Well-known text and its extension with an SRID, both ways.
 * https://docs.snowflake.com/en/sql-reference/functions/st_asewkt
 */

import { badInput } from "./problem.ts";
import { hasHeight, type Position, type Shape, type ShapeType } from "./shape.ts";

export type Parsed = {
  readonly shape: Shape;
  /** Undefined when the input names none. */
  readonly srid: number | undefined;
};

const TYPES: Readonly<Record<string, ShapeType>> = {
  POINT: "Point",
  LINESTRING: "LineString",
  POLYGON: "Polygon",
  MULTIPOINT: "MultiPoint",
  MULTILINESTRING: "MultiLineString",
  MULTIPOLYGON: "MultiPolygon",
  GEOMETRYCOLLECTION: "GeometryCollection",
};

const TOKEN = /\s*(?:([A-Za-z]+)|([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|([(),]))/y;
/** Collections inside collections, at most. */
const DEEPEST = 50;

class Reader {
  readonly text: string;
  at = 0;

  constructor(text: string, at: number) {
    this.text = text;
    this.at = at;
  }

  peek(): string | undefined {
    TOKEN.lastIndex = this.at;
    const found = TOKEN.exec(this.text);
    return found === null ? undefined : (found[1]?.toUpperCase() ?? found[2] ?? found[3]);
  }

  next(): string {
    const token = this.peek();
    if (token === undefined) throw this.problem();
    this.at = TOKEN.lastIndex;
    return token;
  }

  accept(token: string): boolean {
    if (this.peek() !== token) return false;
    this.at = TOKEN.lastIndex;
    return true;
  }

  expect(token: string): void {
    if (!this.accept(token)) throw this.problem();
  }

  problem() {
    return badInput(this.text, `Unexpected text at position ${this.at}`);
  }
}

function list<T>(reader: Reader, item: () => T): T[] {
  if (reader.accept("EMPTY")) return [];
  reader.expect("(");
  const items = [item()];
  while (reader.accept(",")) items.push(item());
  reader.expect(")");
  return items;
}

/** Positions have the height that the type's Z (or a third number) says; a measure (M) is dropped. */
function position(reader: Reader, measure: boolean): Position {
  const numbers: number[] = [];
  while (numbers.length < 4) {
    const token = reader.peek();
    const value = Number(token);
    if (token === undefined || token === "(" || token === "," || token === ")") break;
    if (Number.isNaN(value)) throw reader.problem();
    reader.next();
    numbers.push(value);
  }
  if (numbers.length < 2) throw reader.problem();
  return measure ? numbers.slice(0, numbers.length - 1) : numbers.slice(0, 3);
}

function body(reader: Reader, type: ShapeType, measure: boolean, depth: number): Shape {
  const point = () => position(reader, measure);
  const line = () => list(reader, point);
  switch (type) {
    case "Point": {
      const points = line();
      if (points.length > 1) throw reader.problem();
      return { type, coordinates: points[0] ?? [] };
    }
    case "LineString":
      return { type, coordinates: line() };
    case "MultiPoint":
      return {
        type,
        coordinates: list(reader, () => {
          if (!reader.accept("(")) return point();
          const inner = point();
          reader.expect(")");
          return inner;
        }),
      };
    case "Polygon":
    case "MultiLineString":
      return { type, coordinates: list(reader, line) };
    case "MultiPolygon":
      return { type, coordinates: list(reader, () => list(reader, line)) };
    case "GeometryCollection":
      return { type, geometries: list(reader, () => tagged(reader, depth + 1)) };
  }
}

function tagged(reader: Reader, depth: number): Shape {
  if (depth > DEEPEST) throw badInput(reader.text, "Too many collections inside each other");
  let word = reader.next();
  let measure = false;
  const suffix = /^([A-Z]+?)(ZM|Z|M)$/.exec(word);
  if (TYPES[word] === undefined && suffix?.[1] !== undefined) {
    word = suffix[1];
    measure = suffix[2] !== "Z";
  } else {
    for (const mark of ["ZM", "Z", "M"]) {
      if (reader.accept(mark)) {
        measure = mark !== "Z";
        break;
      }
    }
  }
  const type = TYPES[word];
  if (type === undefined) throw reader.problem();
  return body(reader, type, measure, depth);
}

const SRID = /^\s*SRID\s*=\s*(\d+)\s*;/i;

/** A shape from WKT or EWKT. @throws 100205 */
export function parseWkt(text: string): Parsed {
  const prefix = SRID.exec(text);
  const reader = new Reader(text, prefix?.[0].length ?? 0);
  const shape = tagged(reader, 0);
  if (text.slice(reader.at).trim() !== "") throw reader.problem();
  return { shape, srid: prefix === null ? undefined : Number(prefix[1]) };
}

/** WKT without an SRID, with Snowflake's spacing: POINT(1 2), LINESTRING(0 0,1 1). */
export function printWkt(shape: Shape, number: (value: number) => string): string {
  const point = (at: Position) => at.map(number).join(" ");
  const join = <T>(items: readonly T[], each: (item: T) => string): string =>
    items.length === 0 ? " EMPTY" : `(${items.map(each).join(",")})`;
  const line = (items: readonly Position[]) => join(items, point);
  const name = shape.type.toUpperCase() + (hasHeight(shape) ? "Z" : "");
  switch (shape.type) {
    case "Point":
      return shape.coordinates.length === 0
        ? `${name} EMPTY`
        : `${name}(${point(shape.coordinates)})`;
    case "LineString":
      return name + line(shape.coordinates);
    case "MultiPoint":
      return name + join(shape.coordinates, (at) => `(${point(at)})`);
    case "Polygon":
    case "MultiLineString":
      return name + join(shape.coordinates, line);
    case "MultiPolygon":
      return name + join(shape.coordinates, (rings) => join(rings, line));
    case "GeometryCollection":
      return (
        shape.type.toUpperCase() + join(shape.geometries, (member) => printWkt(member, number))
      );
  }
}
