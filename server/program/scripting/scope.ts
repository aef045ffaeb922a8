/** The names of a block: variables, cursors, RESULTSETs, exceptions, rows, nested procedures. Inner names hide outer ones. */

import type { BlockStatement, CursorSource } from "../../../translator/ast/scripting.ts";
import type { TypedValue } from "../../../translator/bind/context.ts";
import type { RoutineDefinition } from "../../../translator/statements/routine.ts";
import type { SnowType } from "../../../translator/types/types.ts";
import type { StoredResult } from "../../results/stored.ts";
import type { RowReader } from "./row-reader.ts";

export type ValueVariable = {
  readonly kind: "variable";
  /** Undefined until the first value says it: declared without a type and set to NULL. */
  type: SnowType | undefined;
  value: TypedValue;
};

export type CursorVariable = {
  readonly kind: "cursor";
  readonly source: CursorSource;
  /** Undefined while the cursor is closed. */
  open: { readonly result: StoredResult; readonly rows: RowReader } | undefined;
};

export type ResultSetVariable = {
  readonly kind: "resultset";
  result: StoredResult | undefined;
  /** An ASYNC statement that nobody has awaited yet; what it failed with comes out at AWAIT. */
  pending: { readonly failure: unknown } | undefined;
};

export type ExceptionVariable = {
  readonly kind: "exception";
  readonly name: string;
  readonly code: number;
  readonly message: string;
};

/** The row of a FOR loop. */
export type RowVariable = { readonly kind: "row"; columns: ReadonlyMap<string, TypedValue> };

export type ProcedureVariable = {
  readonly kind: "procedure";
  readonly definition: RoutineDefinition;
};

export type Variable =
  | ValueVariable
  | CursorVariable
  | ResultSetVariable
  | ExceptionVariable
  | RowVariable
  | ProcedureVariable;

export class Scope {
  readonly #parent: Scope | undefined;
  readonly #names = new Map<string, Variable>();

  constructor(parent: Scope | undefined) {
    this.#parent = parent;
  }

  /** Declares a name here; a name that is here already is declared anew. */
  declare(name: string, variable: Variable): void {
    this.#names.set(name, variable);
  }

  find(name: string): Variable | undefined {
    return this.#names.get(name) ?? this.#parent?.find(name);
  }
}

/** A block whose handlers are waiting for errors. */
export type Guard = Pick<BlockStatement, "handlers" | "body"> & { readonly scope: Scope };
