/** The one-row results of statements that give no rows of their own. */

import { numberType, textType } from "../../translator/types/types.ts";
import type { DmlStats } from "../results/stream.ts";
import type { StatementResult } from "./execution.ts";
import { DDL_STATEMENT } from "./statement-types.ts";

const STATUS_LENGTH = 16_777_216;
const COUNT_PRECISION = 19;
const EXECUTED = "Statement executed successfully.";

/** One column `status` with one text. */
export function status(text: string, statementType: number = DDL_STATEMENT): StatementResult {
  return {
    columns: [{ name: "status", type: textType(STATUS_LENGTH), nullable: false }],
    rows: { kind: "cells", rows: [[text]] },
    statementType,
  };
}

export function executed(statementType: number = DDL_STATEMENT): StatementResult {
  return status(EXECUTED, statementType);
}

/** `Table T successfully created.`: names are never qualified. */
export function created(kind: string, name: string): StatementResult {
  return status(`${kind} ${name} successfully created.`);
}

export function alreadyExists(name: string): StatementResult {
  return status(`${name} already exists, statement succeeded.`);
}

export function dropped(name: string): StatementResult {
  return status(`${name} successfully dropped.`);
}

export function alreadyDropped(name: string): StatementResult {
  return status(`Drop statement executed successfully (${name} already dropped).`);
}

/** DML: one row of counts under the names that drivers add up. */
export function counts(
  statementType: number,
  columns: readonly (readonly [name: string, count: number])[],
  stats: Partial<DmlStats>,
): StatementResult {
  return {
    columns: columns.map(([name]) => ({
      name,
      type: numberType(COUNT_PRECISION, 0),
      nullable: false,
    })),
    rows: { kind: "cells", rows: [columns.map(([, count]) => String(count))] },
    statementType,
    stats: { inserted: 0, updated: 0, deleted: 0, duplicates: 0, ...stats },
  };
}
