/** The engine's types as DESCRIBE prints them: `STRUCT(a INTEGER, b VARCHAR[])`. */

export type EngineType =
  | { readonly kind: "scalar"; readonly name: string }
  | { readonly kind: "list"; readonly element: EngineType }
  | { readonly kind: "map"; readonly key: EngineType; readonly value: EngineType }
  | {
      readonly kind: "struct";
      readonly fields: readonly { readonly name: string; readonly type: EngineType }[];
    };

export function parseDuckType(text: string): EngineType {
  const trimmed = text.trim();
  const array = /\[\d*\]$/.exec(trimmed);
  if (array !== null) {
    return { kind: "list", element: parseDuckType(trimmed.slice(0, array.index)) };
  }
  const inner = /^(STRUCT|MAP)\((.*)\)$/s.exec(trimmed);
  if (inner === null) return { kind: "scalar", name: trimmed };
  const parts = splitParts(inner[2] ?? "");
  if (inner[1] === "MAP") {
    const [key = "", value = ""] = parts;
    return { kind: "map", key: parseDuckType(key), value: parseDuckType(value) };
  }
  return { kind: "struct", fields: parts.map(fieldOf) };
}

function fieldOf(text: string): { name: string; type: EngineType } {
  const quoted = /^"((?:[^"]|"")*)"\s+(.*)$/s.exec(text);
  if (quoted !== null) {
    return { name: (quoted[1] ?? "").replaceAll('""', '"'), type: parseDuckType(quoted[2] ?? "") };
  }
  const [, name = "", type = ""] = /^(\S+)\s+(.*)$/s.exec(text) ?? [];
  return { name, type: parseDuckType(type) };
}

/** The parts between commas that stand in no parentheses and no quotes. */
function splitParts(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const c = text.charAt(at);
    if (c === '"') quoted = !quoted;
    else if (!quoted && c === "(") depth++;
    else if (!quoted && c === ")") depth--;
    else if (!quoted && c === "," && depth === 0) {
      parts.push(text.slice(from, at).trim());
      from = at + 1;
    }
  }
  parts.push(text.slice(from).trim());
  return parts;
}
