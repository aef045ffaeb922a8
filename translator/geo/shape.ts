/**
 * Shapes: what a GEOGRAPHY or GEOMETRY value holds, as plain data with GeoJSON's names.
 * https://docs.snowflake.com/en/sql-reference/data-types-geospatial
 */

/** Longitude (or x), latitude (or y) and, when given, a height that every function carries along unused. */
export type Position = readonly number[];

export type Shape =
  /** No coordinates: POINT EMPTY. */
  | { readonly type: "Point"; readonly coordinates: Position }
  | { readonly type: "LineString"; readonly coordinates: readonly Position[] }
  | { readonly type: "Polygon"; readonly coordinates: readonly (readonly Position[])[] }
  | { readonly type: "MultiPoint"; readonly coordinates: readonly Position[] }
  | { readonly type: "MultiLineString"; readonly coordinates: readonly (readonly Position[])[] }
  | {
      readonly type: "MultiPolygon";
      readonly coordinates: readonly (readonly (readonly Position[])[])[];
    }
  | { readonly type: "GeometryCollection"; readonly geometries: readonly Shape[] };

export type ShapeType = Shape["type"];
export type GeoKind = "geography" | "geometry";

export type Geo = {
  readonly kind: GeoKind;
  readonly shape: Shape;
  /** 4326 for every GEOGRAPHY. */
  readonly srid: number;
  /** Coordinates are FLOATs that a function made (they print with an exponent), not numbers as written. */
  readonly computed: boolean;
};

export const WGS84 = 4326;

/** A shape's points, lines and polygons, whatever holds them. */
export type Parts = {
  readonly points: readonly Position[];
  readonly lines: readonly (readonly Position[])[];
  readonly polygons: readonly (readonly (readonly Position[])[])[];
};

export const x = (position: Position): number => position[0] ?? 0;
export const y = (position: Position): number => position[1] ?? 0;

/** The simple parts of a shape, in its order; empty ones are left out. */
export function partsOf(shape: Shape): Parts {
  const parts = {
    points: [] as Position[],
    lines: [] as Position[][],
    polygons: [] as Position[][][],
  };
  collect(shape, parts);
  return parts;
}

function collect(
  shape: Shape,
  into: { points: Position[]; lines: (readonly Position[])[]; polygons: unknown[] },
): void {
  switch (shape.type) {
    case "Point":
      if (shape.coordinates.length > 0) into.points.push(shape.coordinates);
      break;
    case "MultiPoint":
      into.points.push(...shape.coordinates);
      break;
    case "LineString":
      if (shape.coordinates.length > 0) into.lines.push(shape.coordinates);
      break;
    case "MultiLineString":
      into.lines.push(...shape.coordinates.filter((line) => line.length > 0));
      break;
    case "Polygon":
      if (shape.coordinates.length > 0) into.polygons.push(shape.coordinates);
      break;
    case "MultiPolygon":
      into.polygons.push(...shape.coordinates.filter((rings) => rings.length > 0));
      break;
    case "GeometryCollection":
      for (const member of shape.geometries) collect(member, into);
      break;
  }
}

/** Every position of a shape in its order, closing points of rings included. */
export function positionsOf(shape: Shape): Position[] {
  switch (shape.type) {
    case "Point":
      return shape.coordinates.length === 0 ? [] : [shape.coordinates];
    case "LineString":
    case "MultiPoint":
      return [...shape.coordinates];
    case "Polygon":
    case "MultiLineString":
      return shape.coordinates.flat();
    case "MultiPolygon":
      return shape.coordinates.flat(2);
    case "GeometryCollection":
      return shape.geometries.flatMap(positionsOf);
  }
}

/** The same shape with every position changed. */
export function mapPositions(shape: Shape, change: (position: Position) => Position): Shape {
  switch (shape.type) {
    case "Point":
      return shape.coordinates.length === 0
        ? shape
        : { type: "Point", coordinates: change(shape.coordinates) };
    case "LineString":
    case "MultiPoint":
      return { type: shape.type, coordinates: shape.coordinates.map(change) };
    case "Polygon":
    case "MultiLineString":
      return { type: shape.type, coordinates: shape.coordinates.map((line) => line.map(change)) };
    case "MultiPolygon":
      return {
        type: "MultiPolygon",
        coordinates: shape.coordinates.map((rings) => rings.map((ring) => ring.map(change))),
      };
    case "GeometryCollection":
      return {
        type: "GeometryCollection",
        geometries: shape.geometries.map((member) => mapPositions(member, change)),
      };
  }
}

/** The simplest shape of the parts: one part alone, a Multi… of one sort, else a collection. */
export function shapeOf(parts: Parts): Shape {
  const { points, lines, polygons } = parts;
  const shapes: Shape[] = [];
  const [point, line, polygon] = [points[0], lines[0], polygons[0]];
  if (point !== undefined) {
    shapes.push(
      points.length === 1
        ? { type: "Point", coordinates: point }
        : { type: "MultiPoint", coordinates: points },
    );
  }
  if (line !== undefined) {
    shapes.push(
      lines.length === 1
        ? { type: "LineString", coordinates: line }
        : { type: "MultiLineString", coordinates: lines },
    );
  }
  if (polygon !== undefined) {
    shapes.push(
      polygons.length === 1
        ? { type: "Polygon", coordinates: polygon }
        : { type: "MultiPolygon", coordinates: polygons },
    );
  }
  const only = shapes[0];
  return shapes.length === 1 && only !== undefined
    ? only
    : { type: "GeometryCollection", geometries: shapes };
}

/** 0 for points, 1 for lines, 2 for polygons, the highest of a collection. */
export function dimensionOf(shape: Shape): number {
  switch (shape.type) {
    case "Point":
    case "MultiPoint":
      return 0;
    case "LineString":
    case "MultiLineString":
      return 1;
    case "Polygon":
    case "MultiPolygon":
      return 2;
    case "GeometryCollection":
      return Math.max(0, ...shape.geometries.map(dimensionOf));
  }
}

export function hasHeight(shape: Shape): boolean {
  return positionsOf(shape).some((position) => position.length > 2);
}
