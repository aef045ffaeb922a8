/** Printing FROM items: tables, functions, joins, PIVOT, MATCH_RECOGNIZE. */

import { quoteString } from "../lex/literals.ts";
import {
  argumentParts,
  expressionList,
  expressionPart,
  joined,
  namePart,
  optional,
  orderParts,
  type Part,
  printIdentifier,
  printIdentifiers,
  queryPart,
  windowParts,
} from "./printer-parts.ts";
import type { FromItem, RowPattern, Sample, TableAlias, TimeTravel } from "./queries.ts";

type Item<Kind extends FromItem["kind"]> = Extract<FromItem, { kind: Kind }>;

/** Paths that the lexer reads without quotes around them. */
const BARE_PATH = /^@(?:"(?:[^"]|"")*"|[^\s"'(),;])*$/;

/** A FROM item as text and child nodes. */
export function fromParts(node: FromItem): readonly Part[] {
  switch (node.kind) {
    case "table":
      return tableParts(node);
    case "derived": {
      const open = node.lateral ? "LATERAL (" : "(";
      return [
        open,
        queryPart(node.query),
        `)${aliasText(node.alias)}`,
        ...sampleParts(node.sample),
      ];
    }
    case "table_function":
      return functionParts(node);
    case "table_expression": {
      const { expression, alias } = node;
      // `$1` without TABLE is the previous statement of a pipe.
      const isPipe = expression.kind === "positional";
      const [open, close] = isPipe ? ["", ""] : ["TABLE(", ")"];
      return [open, expressionPart(expression), close + aliasText(alias)];
    }
    case "stage": {
      const path = BARE_PATH.test(node.path) ? node.path : quoteString(node.path);
      const options = node.options.map(({ name, value }) => [`${name} => `, expressionPart(value)]);
      const list = options.length > 0 ? [" (", ...joined(options), ")"] : [];
      return [path, ...list, aliasText(node.alias)];
    }
    case "values":
      return ["(", { sort: "body", node: node.values }, `)${aliasText(node.alias)}`];
    case "join":
      return joinParts(node);
    case "parenthesized":
      return ["(", { sort: "from", node: node.item }, `)${aliasText(node.alias)}`];
    case "pivot":
      return pivotParts(node);
    case "unpivot":
      return unpivotParts(node);
    case "match_recognize":
      return matchRecognizeParts(node);
    case "resample":
      return resampleParts(node);
    case "semantic_view":
      return semanticViewParts(node);
  }
}

function resampleParts(node: Item<"resample">): Part[] {
  const metadata = node.metadata.map(
    ({ kind, alias }) =>
      `${kind.toUpperCase()}()${alias === undefined ? "" : ` AS ${printIdentifier(alias)}`}`,
  );
  return [
    { sort: "from", node: node.source },
    " RESAMPLE (USING ",
    expressionPart(node.column),
    " INCREMENT BY ",
    expressionPart(node.increment),
    ...(node.partitionBy.length > 0 ? [" PARTITION BY ", ...expressionList(node.partitionBy)] : []),
    metadata.length > 0 ? ` METADATA_COLUMNS ${metadata.join(", ")}` : "",
    `)${aliasText(node.alias)}`,
  ];
}

function semanticViewParts(node: Item<"semantic_view">): Part[] {
  const clauses = node.clauses.flatMap(({ kind, members }): Part[] => {
    const items = members.map(({ expression, alias }): Part[] => [
      expressionPart(expression),
      alias === undefined ? "" : ` AS ${printIdentifier(alias)}`,
    ]);
    return [` ${kind.toUpperCase()} `, ...joined(items)];
  });
  return [
    "SEMANTIC_VIEW(",
    ...namePart(node.name),
    ...clauses,
    ...optional(" WHERE ", node.where),
    `)${aliasText(node.alias)}`,
  ];
}

function aliasText(alias: TableAlias | undefined): string {
  if (alias === undefined) return "";
  const columns = alias.columns.length > 0 ? ` (${printIdentifiers(alias.columns)})` : "";
  return ` AS ${printIdentifier(alias.name)}${columns}`;
}

function timeTravelParts(point: TimeTravel | undefined, word?: string): Part[] {
  if (point === undefined) return [];
  const clause = word ?? point.clause.toUpperCase();
  return [` ${clause} (${point.by.toUpperCase()} => `, expressionPart(point.value), ")"];
}

function sampleParts(sample: Sample | undefined): Part[] {
  if (sample === undefined) return [];
  const { method, size, rows, seed } = sample;
  const close = rows ? " ROWS)" : ")";
  const words = ` SAMPLE ${method.toUpperCase()} (`;
  return [words, expressionPart(size), close, ...optional(" SEED (", seed, ")")];
}

function tableParts(node: Item<"table">): Part[] {
  const { changes } = node;
  const information = changes?.information.toUpperCase();
  return [
    ...namePart(node.name),
    ...timeTravelParts(node.timeTravel),
    changes === undefined ? "" : ` CHANGES (INFORMATION => ${information})`,
    ...timeTravelParts(changes?.from),
    ...timeTravelParts(changes?.to, "END"),
    aliasText(node.alias),
    ...sampleParts(node.sample),
  ];
}

function functionParts(node: Item<"table_function">): Part[] {
  return [
    node.lateral ? "LATERAL TABLE(" : "TABLE(",
    ...namePart(node.name),
    "(",
    ...argumentParts(node.arguments),
    ")",
    ...(node.over === undefined ? [] : [" OVER ", ...windowParts(node.over)]),
    `)${aliasText(node.alias)}`,
    ...sampleParts(node.sample),
  ];
}

function joinParts(node: Item<"join">): Part[] {
  const type = node.type === "inner" ? "" : `${node.type.toUpperCase()} `;
  const words = ` ${node.natural ? "NATURAL " : ""}${type}JOIN `;
  return [
    { sort: "from", node: node.left },
    words,
    { sort: "from", node: node.right },
    ...optional(" MATCH_CONDITION (", node.matchCondition, ")"),
    ...optional(" ON ", node.on),
    node.using.length > 0 ? ` USING (${printIdentifiers(node.using)})` : "",
  ];
}

function pivotParts(node: Item<"pivot">): Part[] {
  const alias = (name: Parameters<typeof printIdentifier>[0] | undefined) =>
    name === undefined ? "" : ` AS ${printIdentifier(name)}`;
  const aggregates = node.aggregates.map((aggregate) => [
    expressionPart(aggregate.call),
    alias(aggregate.alias),
  ]);
  return [
    { sort: "from", node: node.source },
    " PIVOT (",
    ...joined(aggregates),
    " FOR ",
    expressionPart(node.column),
    " IN (",
    ...pivotValueParts(node.values, alias),
    ")",
    ...optional(" DEFAULT ON NULL (", node.defaultOnNull, ")"),
    `)${aliasText(node.alias)}`,
  ];
}

type AliasPrinter = (name: Parameters<typeof printIdentifier>[0] | undefined) => string;

function pivotValueParts(values: Item<"pivot">["values"], alias: AliasPrinter): Part[] {
  if (values.kind === "query") return [queryPart(values.query)];
  if (values.kind === "list") {
    return joined(values.items.map((item) => [expressionPart(item.value), alias(item.alias)]));
  }
  return values.orderBy.length > 0 ? ["ANY ORDER BY ", ...orderParts(values.orderBy)] : ["ANY"];
}

function unpivotParts(node: Item<"unpivot">): Part[] {
  const columns = node.columns.map(({ column, alias }) =>
    alias === undefined
      ? printIdentifier(column)
      : `${printIdentifier(column)} AS ${quoteString(alias.text)}`,
  );
  const nulls = node.includeNulls ? " INCLUDE NULLS" : "";
  const names = `${printIdentifier(node.valueColumn)} FOR ${printIdentifier(node.nameColumn)}`;
  const clause = ` UNPIVOT${nulls} (${names} IN (${columns.join(", ")}))${aliasText(node.alias)}`;
  return [{ sort: "from", node: node.source }, clause];
}

const ROWS_PER_MATCH: Readonly<Record<Item<"match_recognize">["rowsPerMatch"], string>> = {
  one: "ONE ROW PER MATCH",
  all: "ALL ROWS PER MATCH",
  all_show_empty: "ALL ROWS PER MATCH SHOW EMPTY MATCHES",
  all_omit_empty: "ALL ROWS PER MATCH OMIT EMPTY MATCHES",
  all_with_unmatched: "ALL ROWS PER MATCH WITH UNMATCHED ROWS",
};

function matchRecognizeParts(node: Item<"match_recognize">): Part[] {
  const measures = node.measures.map(({ semantics, expression, alias }) => [
    semantics === undefined ? "" : `${semantics.toUpperCase()} `,
    expressionPart(expression),
    ` AS ${printIdentifier(alias)}`,
  ]);
  const define = node.define.map(({ symbol, condition }) => [
    `${printIdentifier(symbol)} AS `,
    expressionPart(condition),
  ]);
  const subsets = node.subsets.map(
    ({ name, symbols }) => `${printIdentifier(name)} = (${printIdentifiers(symbols)})`,
  );
  const clauses: Part[][] = [
    ["PARTITION BY ", ...expressionList(node.partitionBy)],
    ["ORDER BY ", ...orderParts(node.orderBy)],
    ["MEASURES ", ...joined(measures)],
    [ROWS_PER_MATCH[node.rowsPerMatch], ` ${afterMatchText(node.afterMatch)}`],
    [`PATTERN (${patternText(node.pattern)})`, ""],
    subsets.length > 0 ? [`SUBSET ${subsets.join(", ")}`, ""] : [],
    ["DEFINE ", ...joined(define)],
  ];
  // A clause that is only its keyword has nothing to say.
  const present = clauses.filter((clause) => clause.length > 1);
  const source: Part = { sort: "from", node: node.source };
  return [source, " MATCH_RECOGNIZE (", ...joined(present, " "), `)${aliasText(node.alias)}`];
}

function afterMatchText(after: Item<"match_recognize">["afterMatch"]): string {
  switch (after.kind) {
    case "past_last_row":
      return "AFTER MATCH SKIP PAST LAST ROW";
    case "next_row":
      return "AFTER MATCH SKIP TO NEXT ROW";
    case "to_first":
      return `AFTER MATCH SKIP TO FIRST ${printIdentifier(after.symbol)}`;
    case "to_last":
      return `AFTER MATCH SKIP TO LAST ${printIdentifier(after.symbol)}`;
  }
}

function patternText(pattern: RowPattern): string {
  switch (pattern.kind) {
    case "symbol":
      return printIdentifier(pattern.name);
    case "start":
      return "^";
    case "end":
      return "$";
    case "empty":
      return "()";
    case "concatenation":
      return pattern.items.map(groupedText).join(" ");
    case "alternation":
      return pattern.items.map(groupedText).join(" | ");
    case "permutation":
      return `PERMUTE(${pattern.items.map(patternText).join(", ")})`;
    case "exclusion":
      return `{- ${patternText(pattern.item)} -}`;
    case "quantified": {
      const { item, minimum, maximum, reluctant } = pattern;
      const range = `{${minimum},${maximum ?? ""}}`;
      const inner = item.kind === "quantified" ? `(${patternText(item)})` : groupedText(item);
      return `${inner}${range}${reluctant ? "?" : ""}`;
    }
  }
}

/** A pattern inside another one: in parentheses when it has several items. */
function groupedText(pattern: RowPattern): string {
  const several = pattern.kind === "concatenation" || pattern.kind === "alternation";
  return several ? `(${patternText(pattern)})` : patternText(pattern);
}
