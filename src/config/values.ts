/** The types of option values: how each is read from the text of a flag, a variable or a TOML value. */

export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

export type ValueType<Value> = {
  /** Completes "must be …" in messages and stands in the reference. */
  readonly expects: string;
  /** What the help shows for the value: `<port>`. */
  readonly placeholder: string;
  /** undefined when the text is not such a value. */
  readonly read: (text: string) => Value | undefined;
};

const PORT_MAX = 65_535;
/** DuckDB's way to write a size; below a megabyte it does not even open. */
const SIZE = /^\d+(?:\.\d+)?\s*[MGT]i?B$/i;
const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m)?$/;
const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000 };

export function textValue(placeholder: string, expects: string): ValueType<string> {
  return { expects, placeholder, read: (text) => (text.trim() === "" ? undefined : text) };
}

export function wholeNumber(
  placeholder: string,
  minimum: number,
  maximum: number,
): ValueType<number> {
  return {
    expects: `a whole number from ${minimum} to ${maximum}`,
    placeholder,
    read: (text) => {
      const value = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
      return value >= minimum && value <= maximum ? value : undefined;
    },
  };
}

export const PORT: ValueType<number> = wholeNumber("port", 0, PORT_MAX);

export const SIZE_VALUE: ValueType<string> = {
  expects: "a size such as 512MB or 4GB",
  placeholder: "size",
  read: (text) => (SIZE.test(text.trim()) ? text.trim() : undefined),
};

export const URL_VALUE: ValueType<string> = {
  expects: "an address such as http://127.0.0.1:8080",
  placeholder: "url",
  read: (text) => {
    if (!URL.canParse(text)) return undefined;
    const { protocol } = new URL(text);
    return protocol === "http:" || protocol === "https:" ? text.replace(/\/+$/, "") : undefined;
  },
};

export function choice<const Word extends string>(words: readonly Word[]): ValueType<Word> {
  return {
    expects: `one of ${words.join(", ")}`,
    placeholder: words.join("|"),
    read: (text) => words.find((word) => word === text.trim().toLowerCase()),
  };
}

/** `30s`, `500ms`, `2m`; a bare number is seconds. The value is in milliseconds. */
export const DURATION_VALUE: ValueType<number> = {
  expects: "a duration such as 30s, 500ms or 2m",
  placeholder: "duration",
  read: (text) => {
    const [, amount, unit = "s"] = DURATION.exec(text.trim()) ?? [];
    return amount === undefined ? undefined : Number(amount) * (MILLISECONDS[unit] ?? 1_000);
  },
};

/** The nearest of `names`, for "did you mean …?"; undefined when none is near. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const asked = name.toUpperCase();
  const ranked = names
    .map((candidate) => ({ candidate, distance: editDistance(asked, candidate.toUpperCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  if (best !== undefined && best.distance <= Math.max(2, Math.floor(name.length / 5))) {
    return best.candidate;
  }
  // MOCKHAUS_DATA_DIR for MOCKHAUS_DATA.
  return names.find((candidate) => asked.startsWith(`${candidate.toUpperCase()}_`));
}

function editDistance(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (before[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(change, (before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    before = row;
  }
  return before[b.length] ?? 0;
}
