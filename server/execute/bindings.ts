/** Bindings of a statement as a driver sends them (wire.md 1.7). */

/** A value as the driver sent it: text in the encoding of its type, or null. */
export type WireBinding = {
  /** Upper-case: FIXED, REAL, TEXT, BOOLEAN, DATE, TIME, TIMESTAMP_NTZ …, ANY. */
  readonly type: string;
  readonly value: string | null;
};

export type WireBindings = {
  /** By key: "1", "2" …, or a name. */
  readonly single: ReadonlyMap<string, WireBinding>;
  /** Rows of an array bind, in order; undefined when the values are single. */
  readonly batch: BatchBinding | undefined;
};

export type BatchBinding = {
  readonly rowCount: number;
  /** Read from a stage: every value is text, whatever the driver bound. */
  readonly isStaged?: boolean | undefined;
  readonly columns: readonly {
    readonly key: string;
    readonly type: string;
    readonly values: readonly (string | null)[];
  }[];
};

/** The bindings from a number on, counted anew from 1: for a statement behind others that have used up the first. */
export function bindingsAfter(
  bindings: WireBindings | undefined,
  used: number,
): WireBindings | undefined {
  if (bindings === undefined || used === 0) return bindings;
  const { single, batch } = bindings;
  const left = [...single].filter(([key]) => !(Number(key) <= used));
  return {
    single: new Map(left.map(([key, binding]) => [keyAfter(key, used), binding])),
    batch: batch && {
      ...batch,
      columns: batch.columns
        .filter(({ key }) => !(Number(key) <= used))
        .map((column) => ({ ...column, key: keyAfter(column.key, used) })),
    },
  };
}

/** Names stay. */
function keyAfter(key: string, used: number): string {
  const number = Number(key);
  return Number.isNaN(number) ? key : String(number - used);
}
