/** docs/coverage.md: what is supported, stubbed and refused, counted from the tables in the code. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  INFORMATION_FUNCTIONS,
  informationFunctionStanding,
} from "../server/catalog/information-schema-functions.ts";
import { CREATED_KINDS } from "../server/execute/create-object.ts";
import { HANDLED_STATEMENTS } from "../server/execute/dispatch.ts";
import { OPTION_EFFECTS, SELF_CHECKED } from "../server/execute/option-effects.ts";
import { ENDPOINTS } from "../server/http/object-api/table.ts";
import { PARAMETERS, type ParameterEntry } from "../server/session/parameter-table.ts";
import { optionNames } from "../translator/statements/option-names.ts";
import { STATEMENT_KINDS } from "../translator/statements/statement.ts";
import { DAY_TO_SECOND, YEAR_TO_MONTH } from "../translator/types/intervals.ts";
import { typeText } from "../translator/types/names.ts";
import { periodOf } from "../translator/types/periods.ts";
import { duckType } from "../translator/types/physical.ts";
import {
  ARRAY,
  BINARY,
  BOOLEAN,
  DATE,
  DECFLOAT,
  FLOAT,
  GEOGRAPHY,
  GEOMETRY,
  INTEGER,
  OBJECT,
  type SnowType,
  TEXT,
  TIME,
  timestampType,
  UUID,
  VARIANT,
} from "../translator/types/types.ts";
import { byCategory, standing } from "./function-page.ts";
import { ROOT } from "./root.ts";

const TYPES: readonly SnowType[] = [
  INTEGER,
  FLOAT,
  DECFLOAT,
  TEXT,
  BINARY,
  BOOLEAN,
  DATE,
  TIME,
  timestampType("ntz"),
  timestampType("ltz"),
  timestampType("tz"),
  YEAR_TO_MONTH,
  DAY_TO_SECOND,
  periodOf({ kind: "date" }),
  UUID,
  VARIANT,
  OBJECT,
  ARRAY,
  { kind: "map", key: TEXT, value: { type: INTEGER, nullable: true } },
  { kind: "vector", element: "float", dimension: 3 },
  GEOGRAPHY,
  GEOMETRY,
];

function words(kind: string): string {
  return kind.toUpperCase().replaceAll("_", " ");
}

function functionTable(): string[] {
  const lines = ["| category | supported | stub | refused |", "|---|---:|---:|---:|"];
  const totals = { supported: 0, stub: 0, refused: 0 };
  for (const [category, entries] of byCategory()) {
    const counts = { supported: 0, stub: 0, refused: 0 };
    for (const entry of entries) counts[standing(entry)]++;
    totals.supported += counts.supported;
    totals.stub += counts.stub;
    totals.refused += counts.refused;
    lines.push(`| ${category} | ${counts.supported} | ${counts.stub} | ${counts.refused} |`);
  }
  lines.push(`| **all** | **${totals.supported}** | **${totals.stub}** | **${totals.refused}** |`);
  return lines;
}

/** Paths with the methods that each takes, in the order of the table. */
function objectApi(): string[] {
  const paths = new Set(ENDPOINTS.map(({ path }) => path));
  const methods = (path: string) =>
    ENDPOINTS.filter((endpoint) => endpoint.path === path).map(({ method }) => method);
  return [
    "## Object REST API",
    "",
    "Any other path is 404; a property or parameter that a path does not take is refused by name.",
    "",
    "| path after `/api/v2` | methods |",
    "|---|---|",
    ...[...paths].map((path) => `| \`${path}\` | ${methods(path).join(", ")} |`),
    "",
  ];
}

/** What each option does, and those that are refused: what the grammar takes and the table does not have. */
function optionTable(): string[] {
  const lines = [
    "| of | take effect | are shown, without effect here | mean nothing here | are refused |",
    "|---|---|---|---|---|",
  ];
  for (const [owner, { applied, shown, moot }] of Object.entries(OPTION_EFFECTS)) {
    const known = new Set([...applied, ...shown, ...moot]);
    const names = optionNames(owner);
    const refused = names === "any" ? [] : names.filter((name) => !known.has(name));
    const cells = [applied, shown, moot, refused].map((list) => [...list].sort().join(", "));
    lines.push(`| ${owner} | ${cells.join(" | ")} |`);
  }
  return lines;
}

function informationFunctions(standing: string): string {
  return INFORMATION_FUNCTIONS.filter(
    (name) => informationFunctionStanding(name) === standing,
  ).join(", ");
}

/** Files that name parameters without going by them. */
const ONLY_LISTS =
  /parameter-(table|descriptions)|session\/parameters|show\/parameters|statements\/|option-effects|task-?s?.options|\.test/;

/** The sources that could go by a parameter. */
const sources = ["server", "translator"]
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !ONLY_LISTS.test(name.replaceAll("\\", "/")))
      .map((name) => readFileSync(join(ROOT, folder, name), "utf8")),
  )
  .join("\n");

/** Parameters whose names options and columns share. */
const NAMED_OTHERWISE: ReadonlySet<string> = new Set(["CATALOG", "REPLACE_INVALID_CHARACTERS"]);

const FOR_DRIVERS = /^(CLIENT|JDBC|JS|ODBC)_/;

function effectOf({ name, kind, onlyDefault }: ParameterEntry): string {
  if (onlyDefault === true) return "other values are refused";
  if (!NAMED_OTHERWISE.has(name) && new RegExp(`\\b${name}\\b`).test(sources))
    return "takes effect";
  return kind === "session" && FOR_DRIVERS.test(name) ? "goes to drivers" : "is shown";
}

function types(): string[] {
  return [
    "## Types",
    "",
    "| Snowflake | DuckDB |",
    "|---|---|",
    ...TYPES.map((type) => `| ${typeText(type)} | ${duckType(type)} |`),
    "",
  ];
}

export function coveragePage(): string {
  const handled = new Set<string>(HANDLED_STATEMENTS);
  const generic = new Set<string>(["create_object", "alter_object"]);
  const runs = STATEMENT_KINDS.filter((kind) => handled.has(kind) && !generic.has(kind)).map(words);
  const refused = STATEMENT_KINDS.filter((kind) => !handled.has(kind)).map(words);
  const parameters = [...PARAMETERS.values()].filter(({ kind }) => kind !== "wire");
  return [
    "# Coverage",
    "",
    "Made from the tables in the code by `npm run docs`; not edited by hand.",
    "",
    "## Functions",
    "",
    ...functionTable(),
    "",
    "Each function with its signatures: [functions.md](functions.md).",
    "",
    "Table functions of INFORMATION_SCHEMA that have rows:",
    "",
    informationFunctions("supported"),
    "",
    "Those that have their columns and no rows, because what they are about does not exist here:",
    "",
    informationFunctions("stub"),
    "",
    "Those that are refused by name:",
    "",
    informationFunctions("refused"),
    "",
    "## Statements",
    "",
    "Every statement of Snowflake's reference parses. These run:",
    "",
    runs.join(", "),
    "",
    `CREATE and ALTER run for ${CREATED_KINDS.join(", ")} besides the kinds above; DROP, SHOW and DESCRIBE for`,
    "what can be created. Of the special kinds of tables hybrid and dynamic ones are made. Of ACCOUNT only ALTER runs, for parameters. All other kinds of objects (other policies and integrations,",
    "shares …) are refused by name; SHOW lists none of them.",
    "",
    "These are refused by name when they are executed (`Unsupported feature`):",
    "",
    refused.join(", "),
    "",
    "## Options",
    "",
    "What an option of a statement does here. Nothing is ignored: an option takes effect, or it is kept and shown as Snowflake",
    "shows it, or the statement is refused with the option's name.",
    "",
    ...optionTable(),
    "",
    `The options of ${SELF_CHECKED.join(", ")} are an open list: each takes effect or is shown, and unknown ones are refused.`,
    "",
    ...types(),
    ...objectApi(),
    "## Parameters",
    "",
    "What a parameter does here: it takes effect, or drivers get it and go by it, or it is kept and shown, for what it governs is not",
    "here. `object` parameters are inherited from the account, the database and the schema.",
    "",
    "| parameter | kind | default | here |",
    "|---|---|---|---|",
    ...parameters.map(
      (entry) =>
        `| ${entry.name} | ${entry.kind} | ${String(entry.fallback)} | ${effectOf(entry)} |`,
    ),
    "",
  ].join("\n");
}
