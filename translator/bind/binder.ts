/** What every part of the binder shares while one statement is bound. */

import type { Expression, Identifier, ObjectName } from "../ast/expressions.ts";
import type { FromItem, Query } from "../ast/queries.ts";
import {
  type ErrorName,
  type ErrorValues,
  type SnowflakeError,
  snowflakeError,
} from "../base/errors.ts";
import { positionAt, type Span } from "../base/source.ts";
import type { FunctionEntry } from "../functions/define.ts";
import type { SnowType } from "../types/types.ts";
import type { BoundExpression, BoundQuery } from "./bound.ts";
import type { Relation, SchemaScan, StagedScan } from "./catalog.ts";
import type { BindContext } from "./context.ts";
import type { Scope } from "./scope.ts";

/** What the lowered text may not be cached for, or must be filled in before it runs. */
export type Features = {
  usesPlaceholders: boolean;
  isVolatile: boolean;
  usesVariables: boolean;
  usesBinds: boolean;
  /** It calls users' functions in JavaScript. */
  usesJavaScript: boolean;
  /** Staged files that it reads. */
  readonly staged: (StagedScan | SchemaScan)[];
  /** The ids of the streams that it reads. */
  readonly streams: Set<number>;
};

/** Binds a call of a function that is no built-in one; undefined when there is no such function. */
export type UserFunctionBinder = (
  name: ObjectName,
  args: readonly { readonly name?: string | undefined; readonly value: BoundExpression }[],
  binder: Binder,
) => BoundExpression | undefined;

/** A call of a built-in function that the server answers. */
export type ServerCall = {
  readonly entry: FunctionEntry;
  /** By parameter; undefined for one that was left out. */
  readonly arguments: readonly (BoundExpression | undefined)[];
  /** The arguments as they are written, for messages. */
  readonly sources: readonly string[];
  readonly type: SnowType;
  readonly span: Span;
};

/** Answers calls of functions whose value or rows only the server knows. */
export type ServerFunctions = {
  readonly scalar: (call: ServerCall, binder: Binder) => BoundExpression;
  readonly table: (call: ServerCall, binder: Binder) => Relation;
  /** TABLE(procedure(…)); undefined when there is no procedure of that name. */
  readonly procedure: (call: TableCall, binder: Binder) => ProcedureRows | undefined;
};

/** A call in FROM as it is written. */
export type TableCall = Pick<
  Extract<FromItem, { kind: "table_function" }>,
  "name" | "arguments" | "call"
>;

/** What a procedure gave, and the columns that it is declared with. */
export type ProcedureRows = {
  readonly relation: Relation;
  readonly columns: readonly { readonly name: string; readonly type: SnowType }[];
};

export type BinderOptions = {
  readonly context: BindContext;
  /** The text that spans of the nodes point into. */
  readonly text: string;
  readonly bindQuery: (query: Query, outer: Scope | undefined, binder: Binder) => BoundQuery;
  readonly userFunction?: UserFunctionBinder | undefined;
  readonly server?: ServerFunctions | undefined;
};

export class Binder {
  readonly context: BindContext;
  readonly text: string;
  readonly features: Features;
  private readonly options: BinderOptions;
  private readonly counter: { next: number };

  constructor(options: BinderOptions, parent?: Binder) {
    this.options = options;
    this.context = options.context;
    this.text = options.text;
    this.counter = parent?.counter ?? { next: 1 };
    this.features = parent?.features ?? {
      usesPlaceholders: false,
      isVolatile: false,
      usesVariables: false,
      usesBinds: false,
      usesJavaScript: false,
      staged: [],
      streams: new Set(),
    };
  }

  /** A binder of another text or context (a view's) that shares aliases and features with this one. */
  derive(change: { readonly text?: string; readonly context?: BindContext }): Binder {
    return new Binder({ ...this.options, ...change }, this);
  }

  bindQuery(query: Query, outer: Scope | undefined): BoundQuery {
    return this.options.bindQuery(query, outer, this);
  }

  /** A call of a user's function; undefined when there is none of that name. */
  userFunction(
    name: ObjectName,
    args: readonly { readonly name?: string | undefined; readonly value: BoundExpression }[],
  ): BoundExpression | undefined {
    return this.options.userFunction?.(name, args, this);
  }

  /**
   * The functions of the server.
   * @throws 000002 where there is no server: the translator alone knows no account
   */
  serverFunctions(name: string, span: Span): ServerFunctions {
    const { server } = this.options;
    if (server === undefined) throw this.error("unsupportedFeature", { feature: name }, span);
    return server;
  }

  /** The rows of a procedure in FROM; undefined when there is none of that name, or no server. */
  procedureRows(call: TableCall): ProcedureRows | undefined {
    return this.options.server?.procedure(call, this);
  }

  /** A name that the statement has not used yet. */
  freshAlias(prefix: string): string {
    return `${prefix}${this.counter.next++}`;
  }

  /** An error of the table at a place of the text; without a place when `span` is undefined. */
  error<Name extends ErrorName>(
    name: Name,
    values: ErrorValues<Name>,
    span?: Span | undefined,
  ): SnowflakeError {
    return snowflakeError(name, values, span && positionAt(this.text, span.start));
  }

  /** The source text of a node as Snowflake prints it in messages: upper-cased. */
  source(span: Span): string {
    return this.text.slice(span.start, span.end).toUpperCase();
  }

  /** A session parameter's value as text. */
  textParameter(name: string): string {
    return String(this.context.parameter(name) ?? "");
  }

  /**
   * The parts of the name in IDENTIFIER(argument): a text literal, a session variable or a bind.
   * @throws 001045-like refusal when the argument is no constant text
   */
  identifierParts(argument: Expression): readonly Identifier[] {
    const text = this.identifierText(argument);
    const referenced = this.referenced(text, argument.span);
    if (referenced !== undefined) return referenced;
    const parts = splitName(text, argument.span);
    if (this.context.parameter("QUOTED_IDENTIFIERS_IGNORE_CASE") !== true) return parts;
    return parts.map((part) => ({ ...part, name: part.name.toUpperCase() }));
  }

  /** The name of the object that a text of SYSTEM$REFERENCE stands for. */
  private referenced(text: string, span: Span): readonly Identifier[] | undefined {
    if (!text.startsWith("ENT_REF_")) return undefined;
    const parts = this.context.session?.(`REFERENCE:${text}`);
    if (parts === null || parts === undefined) return undefined;
    return (JSON.parse(parts) as string[]).map((name) => ({ name, quoted: true, span }));
  }

  private identifierText(argument: Expression): string {
    switch (argument.kind) {
      case "string_literal":
        return argument.value;
      case "parenthesized":
        return this.identifierText(argument.inner);
      case "column":
        return argument.parts
          .map((part) => (part.quoted ? `"${part.name.replaceAll('"', '""')}"` : part.name))
          .join(".");
      case "session_variable": {
        this.features.usesVariables = true;
        const found = this.context.variable(argument.name);
        if (found !== undefined) return String(found.value);
        throw this.error("sessionVariable", { name: argument.name }, argument.span);
      }
      case "bind": {
        this.features.usesBinds = true;
        const key = argument.index ?? argument.name?.name ?? "";
        const found = this.context.bind(key);
        if (found !== undefined) return String(found.value);
        throw this.error("bindNotSet", { name: bindName(argument) }, argument.span);
      }
      case "binary":
        if (argument.operator === "||") {
          return this.identifierText(argument.left) + this.identifierText(argument.right);
        }
        break;
      default:
        break;
    }
    throw this.error(
      "constantArgument",
      { index: 1, name: "IDENTIFIER", found: this.source(argument.span) },
      undefined,
    );
  }
}

/** How a bind is written: `?`, `:1`, `:name`. */
export function bindName(bind: Extract<Expression, { kind: "bind" }>): string {
  if (bind.name !== undefined) return `:${bind.name.name}`;
  return bind.span.end - bind.span.start === 1 ? "?" : `:${bind.index ?? 0}`;
}

/** Splits a dotted name in text (`db."My Schema".t`) into identifiers, each as stored. */
export function splitName(text: string, span: Span): readonly Identifier[] {
  const parts: Identifier[] = [];
  const piece = /\s*(?:"((?:[^"]|"")*)"|([^."]*))\s*(?:\.|$)/gy;
  while (piece.lastIndex < text.length) {
    const found = piece.exec(text);
    if (found === null) return [{ name: text, quoted: true, span }];
    const [, quoted, plain = ""] = found;
    const name = quoted === undefined ? plain.trim().toUpperCase() : quoted.replaceAll('""', '"');
    parts.push({ name, quoted: quoted !== undefined, span });
  }
  return parts;
}

/** An identifier as Snowflake prints it: bare when it was written so, else in its quotes. */
export function printIdentifier(identifier: Pick<Identifier, "name" | "quoted">): string {
  return identifier.quoted ? `"${identifier.name.replaceAll('"', '""')}"` : identifier.name;
}
