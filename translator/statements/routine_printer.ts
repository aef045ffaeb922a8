/** CREATE FUNCTION and CREATE PROCEDURE back to SQL. */

import { printExpression } from "../ast/printer.ts";
import { printIdentifier, printTypeName } from "../ast/printer-parts.ts";
import { quoteString } from "../lex/literals.ts";
import type { NameAndType } from "./columns.ts";
import { printNameAndType } from "./columns.ts";
import { printCreateHead } from "./create_head.ts";
import { parenthesized, spaced } from "./print.ts";
import { printProperties } from "./properties.ts";
import type {
  CreateRoutineStatement,
  RoutineBody,
  RoutineDefinition,
  RoutineParameter,
  RoutineReturns,
} from "./routine.ts";
import { printTags } from "./tags.ts";

export function printCreateRoutine(statement: CreateRoutineStatement): string {
  const { object } = statement;
  return (
    printCreateHead(
      statement,
      object,
      statement.temporary && "TEMPORARY",
      statement.secure && "SECURE",
    ) + printRoutineDefinition(statement.definition)
  );
}

export function printRoutineDefinition(definition: RoutineDefinition): string {
  const { returns, nullInput, executeAs, body } = definition;
  return spaced(
    parenthesized(definition.parameters, printParameter),
    definition.copyGrants && "COPY GRANTS",
    returns && `RETURNS ${printReturns(returns)}`,
    definition.language !== undefined && `LANGUAGE ${definition.language}`,
    nullInput === "called" && "CALLED ON NULL INPUT",
    nullInput === "returns_null" && "RETURNS NULL ON NULL INPUT",
    definition.volatility?.toUpperCase(),
    definition.memoizable && "MEMOIZABLE",
    printTags(definition.tags),
    printProperties(definition.properties),
    executeAs && `EXECUTE AS ${executeAs}`,
    body && `AS ${printBody(body)}`,
  );
}

function printParameter(parameter: RoutineParameter): string {
  return spaced(
    printIdentifier(parameter.name),
    parameter.mode,
    parameter.table
      ? `TABLE ${parenthesized(parameter.table, printTableColumn)}`
      : printTypeName(parameter.type),
    parameter.notNull && "NOT NULL",
    parameter.default && `DEFAULT ${printExpression(parameter.default)}`,
  );
}

function printTableColumn(column: NameAndType): string {
  return column.name.name === "" ? printTypeName(column.type) : printNameAndType(column);
}

function printReturns(returns: RoutineReturns): string {
  if (returns.kind === "table") return `TABLE ${parenthesized(returns.columns, printTableColumn)}`;
  const { nullable } = returns;
  return spaced(
    printTypeName(returns.type),
    nullable === false && "NOT NULL",
    nullable === true && "NULL",
  );
}

function printBody(body: RoutineBody): string {
  if (body.kind === "block") return body.text;
  return body.dollarQuoted ? `$$${body.text}$$` : quoteString(body.text);
}
