/** The answers to the five questions, computed from the files in plain JavaScript, without any SQL. */

import { writeFileSync } from "node:fs";
import { type Airport, airports, type Quake, quakes } from "./data.ts";

export type Cell = string | number | null;
export type Figures = Readonly<Record<string, readonly (readonly Cell[])[]>>;

const DAY_MS = 86_400_000;
const KM_PER_DEGREE = 111.2;
const NEAR_KM = 150;
const AIRPORTS_SHOWN = 40;

export function figures(): Figures {
  const events = quakes();
  return {
    "1-networks": networks(events),
    "2-products": products(events),
    "3-strongest": strongest(events),
    "4-days": days(events),
    "5-airports": nearAirports(events, airports()),
  };
}

function groups<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
  const found = new Map<string, Item[]>();
  for (const item of items) found.set(key(item), [...(found.get(key(item)) ?? []), item]);
  return found;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function byText(a: Cell | undefined, b: Cell | undefined): number {
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}

/** Rows by a number, largest first, then by a text. */
function ranked(rows: Cell[][], number: number, text: number): Cell[][] {
  return rows.sort((a, b) => Number(b[number]) - Number(a[number]) || byText(a[text], b[text]));
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

function networks(events: readonly Quake[]): Cell[][] {
  const rows = [...groups(events, (event) => event.properties.net)].map(([net, members]) => {
    const mags = members.map(({ properties }) => properties.mag);
    const felt = members.filter(({ properties }) => properties.felt !== null).length;
    const average = rounded(sum(mags) / mags.length, 4);
    return [net, members.length, rounded(Math.max(...mags), 2), average, felt];
  });
  return ranked(rows, 1, 0);
}

function products(events: readonly Quake[]): Cell[][] {
  const ids = new Map<string, Set<string>>();
  for (const { id, properties } of events) {
    for (const product of properties.types.replace(/^,+|,+$/g, "").split(",")) {
      ids.set(product, (ids.get(product) ?? new Set()).add(id));
    }
  }
  return ranked(
    [...ids].map(([product, found]) => [product, found.size]),
    1,
    0,
  );
}

function strongest(events: readonly Quake[]): Cell[][] {
  const wanted = events.filter(
    ({ properties }) => properties.type === "earthquake" && properties.mag > 0,
  );
  const networksInOrder = [...groups(wanted, ({ properties }) => properties.net)].sort((a, b) =>
    byText(a[0], b[0]),
  );
  return networksInOrder.flatMap(([net, members]) => {
    const total = sum(members.map(({ properties }) => properties.mag));
    const order = [...members].sort(
      (a, b) => b.properties.mag - a.properties.mag || byText(a.id, b.id),
    );
    return order.slice(0, 2).map(({ id, properties: { mag } }) => {
      const place = 1 + members.filter(({ properties }) => properties.mag > mag).length;
      return [net, id, mag, place, rounded((mag / total) * 100, 4)];
    });
  });
}

function days(events: readonly Quake[]): Cell[][] {
  const byDay = groups(events, ({ properties }) =>
    new Date(Math.floor(properties.time / DAY_MS) * DAY_MS).toISOString().slice(0, 10),
  );
  let soFar = 0;
  let before: number | null = null;
  return [...byDay]
    .sort((a, b) => byText(a[0], b[0]))
    .map(([day, members]) => {
      soFar += members.length;
      const change = before === null ? null : members.length - before;
      before = members.length;
      return [
        day,
        members.length,
        soFar,
        change,
        sum(members.map((event) => event.properties.sig)),
      ];
    });
}

function nearAirports(events: readonly Quake[], all: readonly Airport[]): Cell[][] {
  const felt = events.filter(({ properties }) => (properties.felt ?? 0) >= 5);
  const rows = all
    .filter(({ state }) => state === "AK" || state === "CA")
    .map((airport): Cell[] => {
      const near = felt.filter((event) => isNear(event, airport));
      const mags = near.map(({ properties }) => properties.mag);
      return [airport.state, airport.iata, near.length, Math.max(...mags)];
    })
    .filter(([, , count]) => Number(count) > 1);
  return ranked(rows, 2, 1).slice(0, AIRPORTS_SHOWN);
}

function isNear({ geometry }: Quake, airport: Airport): boolean {
  const [longitude, latitude] = geometry.coordinates;
  const narrowing = Math.cos((airport.latitude * Math.PI) / 180);
  return (
    Math.abs(latitude - airport.latitude) * KM_PER_DEGREE < NEAR_KM &&
    Math.abs(longitude - airport.longitude) * KM_PER_DEGREE * narrowing < NEAR_KM
  );
}

/** Writes the figures as JSON, for a reader in another language. */
export function writeFigures(file: string): void {
  writeFileSync(file, JSON.stringify(figures()));
}
