/**
 * EXECUTE IMMEDIATE, EXECUTE TASK, EXECUTE ALERT and the other EXECUTE commands.
 * https://docs.snowflake.com/en/sql-reference/sql/execute-immediate
 */

import type { Expression } from "../ast/expressions.ts";
import { printExpression } from "../ast/printer.ts";
import type { Cursor } from "../parse/cursor.ts";
import { parseExpression } from "../parse/expressions.ts";
import { acceptForm, type Clause, compileForms, printClause } from "./forms.ts";
import { parenthesizedOrEmpty } from "./grammar.ts";
import { parenthesized, printPath, spaced } from "./print.ts";
import {
  type Property,
  type PropertyValue,
  parseProperties,
  parsePropertyValue,
  printProperties,
  printPropertyValue,
  printStoredName,
  propertyNames,
} from "./properties.ts";

export type ExecuteImmediateStatement = {
  readonly kind: "execute_immediate";
  /** Text: a literal, a variable, or any expression. */
  readonly text: Expression;
  /** Values or variables for the text's binds. */
  readonly using: readonly Expression[];
};

export type ExecuteImmediateFromStatement = {
  readonly kind: "execute_immediate_from";
  /** A stage path, or a relative path in quotes. */
  readonly file: string;
  /** Variables of the template: `USING (name => value)`. */
  readonly using: readonly { readonly name: string; readonly value: PropertyValue }[];
  readonly properties: readonly Property[];
};

/** EXECUTE of an object: a task, an alert, a notebook, a service …; `clause.form` says which. */
export type ExecuteObjectStatement = { readonly kind: "execute_object"; readonly clause: Clause };

const FORMS = compileForms(`
  TASK <name>
  TASK <name> RETRY LAST
  TASK <name> USING CONFIG = <value>
  ALERT <name>
  MANAGED TASK <name>
  NOTEBOOK <name> ( )
  NOTEBOOK <name> ( <values> )
  NOTEBOOK PROJECT <name> <rest>
  DBT PROJECT [IF EXISTS] <name> [<options>]
  DBT PROJECT FROM <rest>
  DCM PROJECT <name> <rest>
  CODE BUNDLE <name> <rest>
  EXPERIMENT <name> <rest>
  SERVICE <rest>
  JOB SERVICE <rest>
  INFERENCE JOB SERVICE <rest>
  USING POLICY_CONTEXT <arguments> AS <rest>
`);

const TEMPLATE_OPTIONS = propertyNames("DRY_RUN");

export function parseExecute(
  cursor: Cursor,
): ExecuteImmediateStatement | ExecuteImmediateFromStatement | ExecuteObjectStatement {
  cursor.expectKeyword("EXECUTE");
  if (!cursor.acceptKeyword("IMMEDIATE")) {
    const clause = acceptForm(cursor, FORMS) ?? cursor.unexpected();
    return { kind: "execute_object", clause };
  }
  if (cursor.acceptKeyword("FROM")) return parseImmediateFrom(cursor);
  const text = parseExpression(cursor);
  const using = cursor.acceptKeyword("USING") ? parenthesizedOrEmpty(cursor, parseExpression) : [];
  return { kind: "execute_immediate", text, using };
}

function parseImmediateFrom(cursor: Cursor): ExecuteImmediateFromStatement {
  const file = cursor.atStagePath() ? cursor.stagePath() : cursor.stringLiteral();
  const using = cursor.acceptKeyword("USING")
    ? parenthesizedOrEmpty(cursor, parseTemplateVariable)
    : [];
  const properties = parseProperties(cursor, TEMPLATE_OPTIONS, "EXECUTE IMMEDIATE FROM");
  return { kind: "execute_immediate_from", file, using, properties };
}

function parseTemplateVariable(cursor: Cursor): { name: string; value: PropertyValue } {
  const { name } = cursor.identifier();
  cursor.expectPunctuation("=>");
  return { name, value: parsePropertyValue(cursor) };
}

export function printExecuteImmediate({ text, using }: ExecuteImmediateStatement): string {
  return spaced(
    `EXECUTE IMMEDIATE ${printExpression(text)}`,
    using.length > 0 && `USING ${parenthesized(using, printExpression)}`,
  );
}

export function printExecuteImmediateFrom(statement: ExecuteImmediateFromStatement): string {
  const { file, using, properties } = statement;
  return spaced(
    "EXECUTE IMMEDIATE FROM",
    printPath(file),
    using.length > 0 &&
      `USING ${parenthesized(using, ({ name, value }) => `${printStoredName(name)} => ${printPropertyValue(value)}`)}`,
    printProperties(properties),
  );
}

export function printExecuteObject({ clause }: ExecuteObjectStatement): string {
  return `EXECUTE ${printClause(clause)}`;
}
