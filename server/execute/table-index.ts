/**
 * Indexes of hybrid tables. They change no result and no speed here: the account remembers and lists them.
 * https://docs.snowflake.com/en/sql-reference/sql/create-index
 */

import type { Identifier } from "../../translator/ast/expressions.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { Clause } from "../../translator/statements/forms.ts";
import type { TableIndex, TableObject } from "../catalog/objects.ts";
import type { Execution, StatementOf, StatementResult } from "./execution.ts";
import { completeMember, findMember, lastPart, nameParts, shown, shownQualified } from "./names.ts";
import { alreadyDropped, alreadyExists, executed } from "./status.ts";

/**
 * The catalog's form of an index.
 * @throws 000904 for a column that the table does not have
 */
export function plannedIndex(
  table: TableObject,
  written: {
    readonly name: Identifier;
    readonly columns: readonly Identifier[];
    readonly include: readonly Identifier[];
  },
  execution: Execution,
): TableIndex {
  for (const { name } of [...written.columns, ...written.include]) {
    if (table.columns.some((column) => column.name === name)) continue;
    throw snowflakeError("invalidIdentifier", { name: shown(name) });
  }
  return {
    name: written.name.name,
    columns: written.columns.map(({ name }) => name),
    included: written.include.map(({ name }) => name),
    createdAt: execution.account.now(),
    owner: execution.session.role,
  };
}

/** CREATE INDEX name ON table (columns) INCLUDE (columns). https://docs.snowflake.com/en/sql-reference/sql/create-index */
export async function createIndex(
  statement: StatementOf<"create_object">,
  execution: Execution,
): Promise<StatementResult> {
  const [name] = nameParts(statement.name, execution).slice(-1);
  const { table: target, columns, include } = indexParts(statement.clauses[0]);
  const done = await execution.ddl(async (snapshot) => {
    const member = completeMember(nameParts(target, execution), execution, "CREATE INDEX");
    const table = findMember(snapshot, "relation", member, execution);
    if (table?.kind !== "table" || table.hybrid !== true) {
      throw snowflakeError("tableNotFound", { name: shownQualified(member) });
    }
    const indexes = table.indexes ?? [];
    const exists = indexes.some((index) => index.name === name);
    if (exists && statement.ifNotExists) return { changes: [], result: false };
    if (exists && !statement.orReplace) {
      throw snowflakeError("objectExists", { name: shown(name ?? "") });
    }
    const identifier = { name: name ?? "", quoted: false, span: { start: 0, end: 0 } };
    const made = plannedIndex(table, { name: identifier, columns, include }, execution);
    const others = indexes.filter((index) => index.name !== name);
    const object = { ...table, indexes: [...others, made] };
    return { changes: [{ kind: "put", object }], result: true };
  });
  return done ? executed() : alreadyExists(name ?? "");
}

function indexParts(clause: Clause | undefined) {
  const [table, columns, include] = clause?.arguments ?? [];
  if (table?.kind !== "name" || columns?.kind !== "identifiers") {
    throw new Error("the grammar of CREATE INDEX has a table and columns");
  }
  const included = include?.kind === "identifiers" ? include.identifiers : [];
  return { table: table.name, columns: columns.identifiers, include: included };
}

/** DROP INDEX table.index. https://docs.snowflake.com/en/sql-reference/sql/drop-index */
export async function dropIndex(
  statement: StatementOf<"drop">,
  execution: Execution,
): Promise<StatementResult> {
  const name = lastPart(statement.name, execution);
  const path = nameParts(statement.name, execution).slice(0, -1);
  const done = await execution.ddl(async (snapshot) => {
    const member = path.length === 0 ? undefined : completeMember(path, execution, "DROP INDEX");
    const table = member && findMember(snapshot, "relation", member, execution);
    const indexes = table?.kind === "table" ? (table.indexes ?? []) : [];
    if (table?.kind !== "table" || !indexes.some((index) => index.name === name)) {
      if (statement.ifExists) return { changes: [], result: false };
      throw snowflakeError("containerNotFound", { kind: "Index", name: shown(name) });
    }
    const object = { ...table, indexes: indexes.filter((index) => index.name !== name) };
    return { changes: [{ kind: "put", object }], result: true };
  });
  return done ? executed() : alreadyDropped(name);
}
