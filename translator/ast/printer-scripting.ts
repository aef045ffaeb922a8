/** Blocks back to text: one statement per line. Parsing the text gives the same tree except for spans. */

import { quoteString } from "../lex/literals.ts";
import { printRoutineDefinition } from "../statements/routine_printer.ts";
import { printExpression } from "./printer.ts";
import { printIdentifier, printTypeName } from "./printer-parts.ts";
import type {
  BlockStatement,
  ConditionalBranch,
  Declaration,
  ResultSetSource,
  ScriptStatement,
} from "./scripting.ts";

type Lines = readonly string[];
type Of<Kind extends ScriptStatement["kind"]> = Extract<ScriptStatement, { readonly kind: Kind }>;

/** A block as Snowflake Scripting. */
export function printScript(block: BlockStatement): string {
  return blockLines(block).join("\n");
}

function indented(lines: Lines): string[] {
  return lines.map((line) => `  ${line}`);
}

function bodyLines(body: readonly ScriptStatement[]): string[] {
  return indented(
    body.flatMap((statement) => {
      const lines = statementLines(statement);
      return lines.map((line, index) => (index === lines.length - 1 ? `${line};` : line));
    }),
  );
}

function blockLines({ declarations, body, handlers, label }: BlockStatement): string[] {
  const declared = declarations.map((declaration) => `${printDeclaration(declaration)};`);
  const caught = handlers.flatMap(({ names, mode, body: handling }) => [
    `WHEN ${names.map(printIdentifier).join(" OR ")}${mode === "continue" ? " CONTINUE" : ""} THEN`,
    ...bodyLines(handling),
  ]);
  return [
    ...(declared.length === 0 ? [] : ["DECLARE", ...indented(declared)]),
    "BEGIN",
    ...bodyLines(body),
    ...(caught.length === 0 ? [] : ["EXCEPTION", ...indented(caught)]),
    `END${labelled(label)}`,
  ];
}

function labelled(label: Of<"loop">["label"]): string {
  return label === undefined ? "" : ` ${printIdentifier(label)}`;
}

function printSource({ sql, async }: ResultSetSource): string {
  return `${async ? "ASYNC " : ""}(${sql.text})`;
}

function printDeclaration(declaration: Declaration): string {
  const name = printIdentifier(declaration.name);
  switch (declaration.kind) {
    case "variable": {
      const { type, value } = declaration;
      const typed = type === undefined ? "" : ` ${printTypeName(type)}`;
      const initial = value === undefined ? "" : ` := ${printExpression(value)}`;
      return `${name}${typed}${initial}`;
    }
    case "cursor": {
      const { source } = declaration;
      const from = source.kind === "query" ? source.sql.text : printIdentifier(source.name);
      return `${name} CURSOR FOR ${from}`;
    }
    case "resultset": {
      const { source } = declaration;
      return `${name} RESULTSET${source === undefined ? "" : ` := ${printSource(source)}`}`;
    }
    case "exception": {
      const { code, message } = declaration;
      if (code === undefined) return `${name} EXCEPTION`;
      const text = message === undefined ? "" : `, ${quoteString(message)}`;
      return `${name} EXCEPTION (${code}${text})`;
    }
    case "procedure":
      return `${name} PROCEDURE ${printRoutineDefinition(declaration.definition)}`;
  }
}

function statementLines(statement: ScriptStatement): Lines {
  switch (statement.kind) {
    case "block":
      return blockLines(statement);
    case "if":
    case "case":
      return branchingLines(statement);
    case "for_range":
    case "for_rows":
    case "while":
    case "repeat":
    case "loop":
      return loopLines(statement);
    default:
      return [simpleLine(statement)];
  }
}

function branchingLines(statement: Of<"if"> | Of<"case">): Lines {
  const { otherwise } = statement;
  const rest = otherwise === undefined ? [] : ["ELSE", ...bodyLines(otherwise)];
  const branch = (word: string, { condition, body }: ConditionalBranch) => [
    `${word} ${printExpression(condition)} THEN`,
    ...bodyLines(body),
  ];
  if (statement.kind === "if") {
    const branches = statement.branches.flatMap((item, index) =>
      branch(index === 0 ? "IF" : "ELSEIF", item),
    );
    return [...branches, ...rest, "END IF"];
  }
  const { operand } = statement;
  return [
    `CASE${operand === undefined ? "" : ` ${printExpression(operand)}`}`,
    ...statement.branches.flatMap((item) => branch("WHEN", item)),
    ...rest,
    "END CASE",
  ];
}

function loopLines(
  statement: Of<"for_range"> | Of<"for_rows"> | Of<"while"> | Of<"repeat"> | Of<"loop">,
): Lines {
  const body = bodyLines(statement.body);
  const label = labelled(statement.label);
  switch (statement.kind) {
    case "for_range": {
      const { variable, reverse, from, to } = statement;
      const bounds = `${printExpression(from)} TO ${printExpression(to)}`;
      const head = `FOR ${printIdentifier(variable)} IN ${reverse ? "REVERSE " : ""}${bounds} DO`;
      return [head, ...body, `END FOR${label}`];
    }
    case "for_rows": {
      const { variable, over } = statement;
      const head = `FOR ${printIdentifier(variable)} IN ${printIdentifier(over)} DO`;
      return [head, ...body, `END FOR${label}`];
    }
    case "while":
      return [`WHILE ${printExpression(statement.condition)} DO`, ...body, `END WHILE${label}`];
    case "repeat":
      return ["REPEAT", ...body, `UNTIL ${printExpression(statement.until)}`, `END REPEAT${label}`];
    case "loop":
      return ["LOOP", ...body, `END LOOP${label}`];
  }
}

type Simple = Exclude<
  ScriptStatement,
  {
    readonly kind: "block" | "if" | "case" | "for_range" | "for_rows" | "while" | "repeat" | "loop";
  }
>;

function simpleLine(statement: Simple): string {
  switch (statement.kind) {
    case "break":
      return `BREAK${labelled(statement.label)}`;
    case "continue":
      return `CONTINUE${labelled(statement.label)}`;
    case "return": {
      const { value } = statement;
      if (value === undefined) return "RETURN";
      if (value.kind === "table") return `RETURN TABLE(${printExpression(value.source)})`;
      return `RETURN ${printExpression(value.expression)}`;
    }
    case "assign": {
      const { name, value } = statement;
      const text =
        value.kind === "rows" ? printSource(value.source) : printExpression(value.expression);
      return `${printIdentifier(name)} := ${text}`;
    }
    case "open": {
      const using = statement.using.map(printExpression).join(", ");
      const name = printIdentifier(statement.cursor);
      return `OPEN ${name}${using === "" ? "" : ` USING (${using})`}`;
    }
    case "fetch": {
      const into = statement.into.map(printIdentifier).join(", ");
      return `FETCH ${printIdentifier(statement.cursor)} INTO ${into}`;
    }
    case "close":
      return `CLOSE ${printIdentifier(statement.cursor)}`;
    case "raise":
      return `RAISE${labelled(statement.name)}`;
    case "null":
      return "NULL";
    case "await": {
      const word = statement.action.toUpperCase();
      return statement.name === undefined
        ? `${word} ALL`
        : `${word} ${printIdentifier(statement.name)}`;
    }
    case "let":
      return `LET ${printDeclaration(statement.declaration)}`;
    case "expression":
      return printExpression(statement.expression);
    case "sql":
      return statement.async ? `ASYNC (${statement.sql.text})` : statement.sql.text;
  }
}
