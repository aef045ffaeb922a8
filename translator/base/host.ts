/**
 * Host functions: JavaScript that the engine calls per row, for semantics no DuckDB expression has.
 * The translator only declares them (it stays pure); server/storage registers each with DuckDB at
 * database creation. A call costs about 0.3 microseconds a row plus its own work.
 */

/** The DuckDB type of a host function's argument or result, and the JavaScript value it arrives as. */
export type HostType =
  | "VARCHAR" // string
  | "BLOB" // Uint8Array
  | "BOOLEAN" // boolean
  | "BIGINT" // bigint
  | "HUGEINT" // bigint
  | "DOUBLE" // number
  | "DATE" // number: days since 1970-01-01
  | "TIME" // bigint: microseconds since midnight
  | "TIMESTAMP" // bigint: microseconds since the epoch (wall clock)
  | "TIMESTAMPTZ" // bigint: microseconds since the epoch (instant)
  | "VARCHAR[]"; // (string | null)[]

export type HostValue = string | Uint8Array | boolean | bigint | number | (string | null)[] | null;

export type HostFunction = {
  /** Name in DuckDB; begins with an underscore and the area: `_date_parse`, `_v_compare`. */
  readonly name: string;
  readonly parameters: readonly HostType[];
  /** The type of any further arguments, when the count is open. */
  readonly variadic?: HostType | undefined;
  readonly returns: HostType;
  /** When false (the default), a NULL argument gives NULL without a call. */
  readonly handlesNull?: boolean | undefined;
  /** When true, DuckDB calls it for every row even with constant arguments. */
  readonly volatile?: boolean | undefined;
  /** One row's value. Throws SnowflakeError (base/errors.ts) for Snowflake's own run-time errors. */
  readonly evaluate: (...args: readonly HostValue[]) => HostValue;
};
