/** The files: earthquakes as GeoJSON features, airports as records. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);
const FOLDER = join(dirname(require.resolve("vega-datasets")), "..", "data");

export type Quake = {
  readonly id: string;
  readonly properties: {
    readonly mag: number;
    readonly place: string;
    /** Milliseconds since the epoch. */
    readonly time: number;
    readonly felt: number | null;
    readonly sig: number;
    readonly net: string;
    readonly types: string;
    readonly type: string;
  };
  readonly geometry: { readonly coordinates: readonly [number, number, number] };
};

export type Airport = {
  readonly iata: string;
  readonly name: string;
  readonly state: string;
  readonly latitude: number;
  readonly longitude: number;
};

export function quakes(): readonly Quake[] {
  const text = readFileSync(join(FOLDER, "earthquakes.json"), "utf8");
  return (JSON.parse(text) as { features: Quake[] }).features;
}

export function airports(): readonly Airport[] {
  const lines = readFileSync(join(FOLDER, "airports.csv"), "utf8").trim().split(/\r?\n/);
  return lines.slice(1).map((line) => {
    const [iata = "", name = "", , state = "", , latitude, longitude] = fields(line);
    return { iata, name, state, latitude: Number(latitude), longitude: Number(longitude) };
  });
}

/** The fields of a CSV line; those in double quotes may hold commas. */
function fields(line: string): string[] {
  const found = line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g);
  return [...found].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "");
}
