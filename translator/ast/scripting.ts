/**
 * Snowflake Scripting: blocks and the statements that only exist in them. Plain frozen data.
 * https://docs.snowflake.com/en/developer-guide/snowflake-scripting/index
 */

import type { Span } from "../base/source.ts";
import type { RoutineDefinition } from "../statements/routine.ts";
import type { Statement } from "../statements/statement.ts";
import type { Expression, Identifier, TypeName } from "./expressions.ts";

/** An SQL statement of a block: a text of its own, which the spans of its tree point into. */
export type ScriptSql = {
  readonly text: string;
  readonly statement: Statement;
  /** Where the text stands in the script. */
  readonly span: Span;
};

/** What a RESULTSET takes: `(query)`, `(EXECUTE IMMEDIATE …)`, `ASYNC (…)`. */
export type ResultSetSource = { readonly sql: ScriptSql; readonly async: boolean };

export type CursorSource =
  | { readonly kind: "query"; readonly sql: ScriptSql }
  /** The name of a RESULTSET. */
  | { readonly kind: "resultset"; readonly name: Identifier };

type Node<Kind extends string, Fields = unknown> = {
  readonly kind: Kind;
  readonly span: Span;
} & Readonly<Fields>;

/** `name [type] [DEFAULT | := e]`; as a statement with LET before it. */
export type VariableDeclaration = Node<
  "variable",
  { name: Identifier; type?: TypeName | undefined; value?: Expression | undefined }
>;
export type CursorDeclaration = Node<"cursor", { name: Identifier; source: CursorSource }>;
export type ResultSetDeclaration = Node<
  "resultset",
  { name: Identifier; source?: ResultSetSource | undefined }
>;
/** Without a number: -20000; the text is empty when not written. */
export type ExceptionDeclaration = Node<
  "exception",
  { name: Identifier; code?: number | undefined; message?: string | undefined }
>;
/** `p PROCEDURE (…) RETURNS … AS BEGIN … END`: a procedure that lives as long as the block. */
export type ProcedureDeclaration = Node<
  "procedure",
  { name: Identifier; definition: RoutineDefinition }
>;

export type Declaration =
  | VariableDeclaration
  | CursorDeclaration
  | ResultSetDeclaration
  | ExceptionDeclaration
  | ProcedureDeclaration;

/** WHEN a OR b [EXIT | CONTINUE] THEN …; the name OTHER stands for every error. */
export type ExceptionHandler = {
  readonly names: readonly Identifier[];
  readonly mode: "exit" | "continue";
  readonly body: readonly ScriptStatement[];
};

/** DECLARE … BEGIN … EXCEPTION … END. */
export type BlockStatement = Node<
  "block",
  {
    declarations: readonly Declaration[];
    body: readonly ScriptStatement[];
    handlers: readonly ExceptionHandler[];
    label?: Identifier | undefined;
  }
>;

export type ConditionalBranch = {
  readonly condition: Expression;
  readonly body: readonly ScriptStatement[];
};

export type IfStatement = Node<
  "if",
  { branches: readonly ConditionalBranch[]; otherwise?: readonly ScriptStatement[] | undefined }
>;
/** With an operand its branches' conditions are values to compare with. */
export type CaseStatement = Node<
  "case",
  {
    operand?: Expression | undefined;
    branches: readonly ConditionalBranch[];
    otherwise?: readonly ScriptStatement[] | undefined;
  }
>;

type Loop = { body: readonly ScriptStatement[]; label?: Identifier | undefined };

export type ForRangeStatement = Node<
  "for_range",
  Loop & { variable: Identifier; reverse: boolean; from: Expression; to: Expression }
>;
/** Over a cursor or a RESULTSET. */
export type ForRowsStatement = Node<"for_rows", Loop & { variable: Identifier; over: Identifier }>;
export type WhileStatement = Node<"while", Loop & { condition: Expression }>;
export type RepeatStatement = Node<"repeat", Loop & { until: Expression }>;
export type LoopStatement = Node<"loop", Loop>;
/** BREAK or EXIT, CONTINUE or ITERATE. */
export type JumpStatement = Node<"break" | "continue", { label?: Identifier | undefined }>;
export type ReturnStatement = Node<
  "return",
  {
    value?:
      | { readonly kind: "expression"; readonly expression: Expression }
      /** RETURN TABLE(r), also of a call: RETURN TABLE(RESULTSET_FROM_CURSOR(c)). */
      | { readonly kind: "table"; readonly source: Expression }
      | undefined;
  }
>;
export type AssignStatement = Node<
  "assign",
  {
    name: Identifier;
    value:
      | { readonly kind: "expression"; readonly expression: Expression }
      /** `r := (query)`: rows for a RESULTSET, a value for another variable. */
      | { readonly kind: "rows"; readonly source: ResultSetSource };
  }
>;
export type OpenStatement = Node<"open", { cursor: Identifier; using: readonly Expression[] }>;
export type FetchStatement = Node<"fetch", { cursor: Identifier; into: readonly Identifier[] }>;
export type CloseStatement = Node<"close", { cursor: Identifier }>;
/** Without a name, in a handler: the same error again. */
export type RaiseStatement = Node<"raise", { name?: Identifier | undefined }>;
export type NullStatement = Node<"null">;
/** AWAIT r, AWAIT ALL, and CANCEL r. */
export type AwaitStatement = Node<
  "await",
  { name?: Identifier | undefined; action: "await" | "cancel" }
>;
export type LetStatement = Node<
  "let",
  { declaration: VariableDeclaration | CursorDeclaration | ResultSetDeclaration }
>;
/** Any SQL statement; ASYNC (statement) runs beside the block. */
export type SqlStatement = Node<"sql", { sql: ScriptSql; async: boolean }>;

/** A call that stands alone: SYSTEM$LOG_INFO('…'). Its value is dropped. */
export type ExpressionStatement = Node<"expression", { expression: Expression }>;

export type ScriptStatement =
  | BlockStatement
  | IfStatement
  | CaseStatement
  | ForRangeStatement
  | ForRowsStatement
  | WhileStatement
  | RepeatStatement
  | LoopStatement
  | JumpStatement
  | ReturnStatement
  | AssignStatement
  | OpenStatement
  | FetchStatement
  | CloseStatement
  | RaiseStatement
  | NullStatement
  | AwaitStatement
  | LetStatement
  | ExpressionStatement
  | SqlStatement;
