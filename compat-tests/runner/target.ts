/** Where cases run: in process, or over the wire. All give the driver protocol's own rows. */

import type { ParameterValue } from "../../server/session/parameter-table.ts";

export type WireColumn = {
  readonly name: string;
  readonly type: string;
  readonly scale: number | null;
};

export type WireResult = {
  readonly columns: readonly WireColumn[];
  /** Cells as in the protocol's JSON rowset. */
  readonly rows: readonly (readonly (string | null)[])[];
  readonly parameters: ReadonlyMap<string, ParameterValue>;
};

/** An error as drivers show it. */
export class TargetError extends Error {
  readonly code: string;
  readonly sqlState: string;

  constructor(code: string, sqlState: string, message: string) {
    super(message);
    this.code = code;
    this.sqlState = sqlState;
  }
}

export interface TargetSession {
  /** Runs one statement; throws TargetError for Snowflake's errors. */
  run(sql: string): Promise<WireResult>;
  close(): Promise<void>;
}

export interface Target {
  readonly name: string;
  open(): Promise<TargetSession>;
  close(): Promise<void>;
}
