/** All statements: the union of their nodes, the entry points of the parser, and the printer. */

import { snowflakeError } from "../base/errors.ts";
import { splitStatements } from "../lex/split.ts";
import { Cursor } from "../parse/cursor.ts";
import { type AlterTableStatement, printAlterTable } from "./alter_table.ts";
import { type BlockStatement, printBlock } from "./block.ts";
import { type CallStatement, printCall } from "./call.ts";
import { type CommentStatement, printComment } from "./comment.ts";
import {
  type CopyIntoLocationStatement,
  type CopyIntoTableStatement,
  printCopyIntoLocation,
  printCopyIntoTable,
} from "./copy.ts";
import {
  type CreateSpecialTableStatement,
  type CreateTableStatement,
  printCreateTable,
} from "./create_table.ts";
import { type DeleteStatement, printDelete } from "./delete.ts";
import { type DescribeStatement, printDescribe } from "./describe.ts";
import { parseFlow } from "./dispatch.ts";
import { type DropStatement, printDrop, printUndrop, type UndropStatement } from "./drop.ts";
import {
  type ExecuteImmediateFromStatement,
  type ExecuteImmediateStatement,
  type ExecuteObjectStatement,
  printExecuteImmediate,
  printExecuteImmediateFrom,
  printExecuteObject,
} from "./execute.ts";
import {
  type CopyFilesStatement,
  type GetStatement,
  type ListStatement,
  type PutStatement,
  printCopyFiles,
  printGet,
  printList,
  printPut,
  printRemove,
  type RemoveStatement,
} from "./files.ts";
import { type GrantStatement, printGrant, printRevoke, type RevokeStatement } from "./grant.ts";
import { type InsertStatement, printInsert } from "./insert.ts";
import { type MergeStatement, printMerge } from "./merge.ts";
import { type MultiInsertStatement, printMultiInsert } from "./multi_insert.ts";
import {
  type AlterObjectStatement,
  type CreateObjectStatement,
  printAlterObject,
  printCreateObject,
} from "./object.ts";
import type { CreateRoutineStatement } from "./routine.ts";
import { printCreateRoutine } from "./routine_printer.ts";
import {
  type ExplainStatement,
  type FlowStatement,
  printExplain,
  printFlow,
  printSelect,
  type SelectStatement,
} from "./select.ts";
import {
  type AlterSequenceStatement,
  type CreateSequenceStatement,
  printAlterSequence,
  printCreateSequence,
} from "./sequence.ts";
import {
  type AlterSessionStatement,
  printAlterSession,
  printSet,
  printUnset,
  printUse,
  type SetStatement,
  type UnsetStatement,
  type UseStatement,
} from "./session.ts";
import {
  printShow,
  printShowGrants,
  type ShowGrantsStatement,
  type ShowStatement,
} from "./show.ts";
import {
  type BeginStatement,
  type CommitStatement,
  printBegin,
  type RollbackStatement,
} from "./transaction.ts";
import { printTruncate, type TruncateStatement } from "./truncate.ts";
import { printUpdate, type UpdateStatement } from "./update.ts";
import {
  type AlterViewStatement,
  type CreateViewStatement,
  printAlterView,
  printCreateView,
} from "./view.ts";

export type Statement =
  | AlterObjectStatement
  | AlterSequenceStatement
  | AlterSessionStatement
  | AlterTableStatement
  | AlterViewStatement
  | BeginStatement
  | BlockStatement
  | CallStatement
  | CommentStatement
  | CommitStatement
  | CopyFilesStatement
  | CopyIntoLocationStatement
  | CopyIntoTableStatement
  | CreateObjectStatement
  | CreateRoutineStatement
  | CreateSequenceStatement
  | CreateSpecialTableStatement
  | CreateTableStatement
  | CreateViewStatement
  | DeleteStatement
  | DescribeStatement
  | DropStatement
  | ExecuteImmediateFromStatement
  | ExecuteImmediateStatement
  | ExecuteObjectStatement
  | ExplainStatement
  | FlowStatement
  | GetStatement
  | GrantStatement
  | InsertStatement
  | ListStatement
  | MergeStatement
  | MultiInsertStatement
  | PutStatement
  | RemoveStatement
  | RevokeStatement
  | RollbackStatement
  | SelectStatement
  | SetStatement
  | ShowGrantsStatement
  | ShowStatement
  | TruncateStatement
  | UndropStatement
  | UnsetStatement
  | UpdateStatement
  | UseStatement;

export type StatementKind = Statement["kind"];

type StatementOf<Kind extends StatementKind> = Extract<Statement, { readonly kind: Kind }>;

type Printers = { readonly [Kind in StatementKind]: (statement: StatementOf<Kind>) => string };

const PRINTERS: Printers = {
  alter_object: printAlterObject,
  alter_sequence: printAlterSequence,
  alter_session: printAlterSession,
  alter_table: printAlterTable,
  alter_view: printAlterView,
  begin: printBegin,
  block: printBlock,
  call: printCall,
  comment: printComment,
  commit: () => "COMMIT",
  copy_files: printCopyFiles,
  copy_into_location: printCopyIntoLocation,
  copy_into_table: printCopyIntoTable,
  create_function: printCreateRoutine,
  create_object: printCreateObject,
  create_procedure: printCreateRoutine,
  create_sequence: printCreateSequence,
  create_special_table: printCreateTable,
  create_table: printCreateTable,
  create_view: printCreateView,
  delete: printDelete,
  describe: printDescribe,
  drop: printDrop,
  execute_immediate: printExecuteImmediate,
  execute_immediate_from: printExecuteImmediateFrom,
  execute_object: printExecuteObject,
  explain: (statement) => printExplain(statement, printStatement),
  flow: (statement) => printFlow(statement, printStatement),
  get: printGet,
  grant: printGrant,
  insert: printInsert,
  list: printList,
  merge: printMerge,
  multi_insert: printMultiInsert,
  put: printPut,
  remove: printRemove,
  revoke: printRevoke,
  rollback: () => "ROLLBACK",
  select: printSelect,
  set: printSet,
  show: printShow,
  show_grants: printShowGrants,
  truncate: printTruncate,
  undrop: printUndrop,
  unset: printUnset,
  update: printUpdate,
  use: printUse,
};

/** Every kind of statement. */
export const STATEMENT_KINDS: readonly StatementKind[] = Object.keys(PRINTERS) as StatementKind[];

/**
 * One statement from its text; a `;` at the end may stand there.
 * @throws 000900 for a text without a statement, 001003 for a syntax error
 */
export function parseStatement(text: string): Statement {
  const cursor = new Cursor(text);
  if (cursor.atEnd() || (cursor.atPunctuation(";") && cursor.peek(1).kind === "eof")) {
    throw snowflakeError("emptyStatement");
  }
  const statement = parseFlow(cursor);
  cursor.expectEnd();
  return statement;
}

/**
 * The statements of a text, split at its semicolons; none for an empty text.
 * @throws 001003 for the first syntax error, its place counted from the statement's own beginning
 */
export function parseStatements(text: string): Statement[] {
  return splitStatements(text).map((piece) => parseStatement(piece.text));
}

/** A statement as Snowflake SQL; parsing the text gives the same tree except for spans. */
export function printStatement(statement: Statement): string {
  const print: (statement: never) => string = PRINTERS[statement.kind];
  return print(statement as never);
}
