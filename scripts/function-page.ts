/** docs/functions.md: every function of the catalog, made from its entries. */

import { CONTEXT_FUNCTION_NAMES } from "../translator/bind/context-functions.ts";
import { SYS_CONTEXT_FUNCTIONS } from "../translator/functions/context.ts";
import type { FunctionEntry, Parameter, Signature } from "../translator/functions/define.ts";
import { ALL_FUNCTIONS } from "../translator/functions/registry.ts";
import { typeText } from "../translator/types/names.ts";

const DOCUMENTATION = "https://docs.snowflake.com/en/sql-reference/functions/";

/** How an entry behaves: done, answering harmlessly, or refused by name. */
export function standing(entry: FunctionEntry): "supported" | "stub" | "refused" {
  if (entry.refused !== undefined) return "refused";
  return entry.stub === undefined ? "supported" : "stub";
}

/** Entries by category, both in alphabetical order. */
export function byCategory(): ReadonlyMap<string, readonly FunctionEntry[]> {
  const groups = new Map<string, FunctionEntry[]>();
  for (const entry of ALL_FUNCTIONS) {
    groups.set(entry.category, [...(groups.get(entry.category) ?? []), entry]);
  }
  const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(
    sorted.map(([category, entries]) => [
      category,
      entries.sort((a, b) => (a.name < b.name ? -1 : 1)),
    ]),
  );
}

function parameterText({ name, pattern, optional, variadic }: Parameter): string {
  const text = `${name} ${pattern}${variadic ? " …" : ""}`;
  return optional ? `[${text}]` : text;
}

function signatureText(name: string, signature: Signature): string {
  const { returns } = signature;
  const result = typeof returns === "function" ? "type by rule" : typeText(returns);
  return `\`${name}(${signature.parameters.map(parameterText).join(", ")})\` → ${result}`;
}

function row(entry: FunctionEntry): string {
  const name = entry.schema === undefined ? entry.name : `SNOWFLAKE.${entry.schema}.${entry.name}`;
  const signatures = entry.signatures.map((signature) => signatureText(name, signature));
  const note = entry.refused ?? entry.stub;
  const summary =
    note === undefined || note === entry.summary ? entry.summary : `${entry.summary} (${note})`;
  const cells = [
    `[${name}](${DOCUMENTATION}${entry.doc})`,
    standing(entry),
    signatures.join("<br>"),
    [summary, entry.aliases.length > 0 ? `Also ${entry.aliases.join(", ")}.` : ""].join(" "),
  ];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ").trim()).join(" | ")} |`;
}

export function functionsPage(): string {
  const parts = [
    "# Functions",
    "",
    "Made from the function catalog by `npm run docs`; not edited by hand. A *stub* answers harmlessly without the",
    "cloud service behind it; a *refused* function is known and gives an error with its name.",
    "",
  ];
  for (const [category, entries] of byCategory()) {
    parts.push(
      `## ${category}`,
      "",
      "| function | standing | signatures | summary |",
      "|---|---|---|---|",
    );
    parts.push(...entries.map(row), "");
  }
  parts.push("## properties of SYS_CONTEXT that are called as functions", "");
  for (const [name, meaning] of Object.entries(SYS_CONTEXT_FUNCTIONS)) {
    parts.push(`* \`${name}\`${"reason" in meaning ? `: *stub*. ${meaning.reason}` : ""}`);
  }
  parts.push("");
  parts.push("## session functions bound as constants", "");
  parts.push(CONTEXT_FUNCTION_NAMES.map((name) => `\`${name}\``).join(", "), "");
  return parts.join("\n");
}
