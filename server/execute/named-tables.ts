/** The tables and views that a statement names to read from, those of its WITH clauses left out. */

import type { ObjectName } from "../../translator/ast/expressions.ts";
import type { Statement } from "../../translator/statements/statement.ts";

export function tablesNamed(statement: Statement): readonly ObjectName[] {
  const names: ObjectName[] = [];
  const defined = new Set<string>();
  collect(statement, names, defined);
  return names.filter((name) => {
    const [only] = name.kind === "name" && name.parts.length === 1 ? name.parts : [];
    return only === undefined || !defined.has(only.name);
  });
}

function collect(node: unknown, names: ObjectName[], defined: Set<string>): void {
  if (Array.isArray(node)) {
    for (const item of node) collect(item, names, defined);
    return;
  }
  if (typeof node !== "object" || node === null) return;
  if ("kind" in node && node.kind === "table" && "name" in node)
    names.push(node.name as ObjectName);
  if ("kind" in node && node.kind === "query" && "ctes" in node) {
    for (const cte of node.ctes as readonly { readonly name: { readonly name: string } }[]) {
      defined.add(cte.name.name);
    }
  }
  for (const value of Object.values(node)) collect(value, names, defined);
}
