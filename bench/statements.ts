/** The statements that are measured. */

export const SETUP: readonly string[] = [
  "CREATE DATABASE bench",
  "CREATE TABLE t (id INT, name VARCHAR, amount NUMBER(12,2), at TIMESTAMP_NTZ)",
  `INSERT INTO t SELECT SEQ4(), 'name ' || SEQ4(), SEQ4() / 7, DATEADD(second, SEQ4(), '2024-01-01'::TIMESTAMP_NTZ)
   FROM TABLE(GENERATOR(ROWCOUNT => 1000))`,
];

/** Small statements over loopback, by name. */
export const SMALL: Readonly<Record<string, string>> = {
  "SELECT 1": "SELECT 1",
  "point query": "SELECT id, name, amount FROM t WHERE id = 500",
  aggregate: "SELECT COUNT(*), SUM(amount), MAX(at) FROM t",
  "group, order, limit":
    "SELECT id % 10 AS bucket, AVG(amount) AS mean FROM t GROUP BY bucket ORDER BY mean DESC LIMIT 3",
};

/** A query of twenty lines, as people write them. */
export const TYPICAL = `WITH recent AS (
  SELECT id, name, amount, at,
         ROW_NUMBER() OVER (PARTITION BY name ORDER BY at DESC) AS newest
  FROM t
  WHERE at >= '2024-01-01'::TIMESTAMP_NTZ
    AND amount BETWEEN 1 AND 100000
), totals AS (
  SELECT name,
         COUNT(*) AS orders,
         SUM(amount) AS total,
         AVG(amount) AS mean
  FROM recent
  GROUP BY name
  HAVING COUNT(*) > 0
)
SELECT r.name, r.amount, t2.total, t2.mean::NUMBER(12,2) AS mean,
       IFF(r.amount > t2.mean, 'above', 'below') AS side,
       DATE_TRUNC('month', r.at) AS month
FROM recent r JOIN totals t2 ON t2.name = r.name
QUALIFY ROW_NUMBER() OVER (PARTITION BY r.name ORDER BY r.at) = 1
ORDER BY t2.total DESC LIMIT 10`;

/** A SELECT with that many expressions: size grows, shape stays. */
export function wideSelect(expressions: number): string {
  const items = Array.from(
    { length: expressions },
    (_, i) => `COALESCE(amount * ${i} + id, ${i}.5)::NUMBER(20,4) AS value_${i}`,
  );
  return `SELECT ${items.join(",\n  ")}\nFROM t`;
}

function repeated(count: number, piece: (index: number) => string, separator: string): string {
  return Array.from({ length: count }, (_, index) => piece(index)).join(separator);
}

/** Statements of growing size, and long chains. */
export const SIZES: Readonly<Record<string, string>> = {
  "typical query, 20 lines": TYPICAL,
  ...Object.fromEntries(
    [1, 10, 100, 1_000, 4_000].map((count) => [`${count} expressions`, wideSelect(count)]),
  ),
  "sum of 1,000": `SELECT ${repeated(1_000, () => "amount", " + ")} FROM t`,
  "sum of 10,000": `SELECT ${repeated(10_000, () => "amount", " + ")} FROM t`,
  "concatenation of 1,000": `SELECT ${repeated(1_000, () => "name", " || ")} FROM t`,
  "1,000 conditions": `SELECT 1 FROM t WHERE ${repeated(1_000, (i) => `id <> ${i}`, " AND ")}`,
  "IN with 10,000 values": `SELECT id IN (${repeated(10_000, String, ", ")}) FROM t`,
  "CASE with 1,000 branches": `SELECT CASE ${repeated(1_000, (i) => `WHEN id = ${i} THEN ${i}`, " ")} END FROM t`,
  "UNION ALL of 1,000": repeated(1_000, (i) => `SELECT ${i} AS x`, " UNION ALL "),
};

/** Host functions beside a native expression of the same meaning or work. */
export const FUNCTIONS: readonly (readonly [name: string, host: string, native: string])[] = [
  ["PARSE_JSON", "PARSE_JSON('{\"a\":' || id || '}')", "'{\"a\":' || id || '}'"],
  ["REGEXP_SUBSTR", "REGEXP_SUBSTR(name, '[0-9]+')", "SUBSTR(name, 6)"],
  ["INITCAP", "INITCAP(name)", "UPPER(name)"],
  ["TO_CHAR with a format", "TO_CHAR(amount, '999,999.00')", "amount::VARCHAR"],
  [
    "TO_DATE with a format",
    "TO_DATE('2024-01-' || (id % 28 + 1), 'YYYY-MM-DD')",
    "DATEADD(day, id, '2024-01-01'::DATE)",
  ],
  ["EDITDISTANCE", "EDITDISTANCE(name, 'name 500')", "LENGTH(name)"],
  ["VARIANT to NUMBER", "TO_VARIANT(id)::NUMBER", "id::NUMBER(20,2)"],
];
