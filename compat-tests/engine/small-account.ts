/**
 * A tiny account for engine tests of the translator: one DuckDB database in memory and a catalog snapshot made from CREATE
 * statements. It knows tables, views and sequences; everything else of an account is the server's.
 */

import type { DuckConnection } from "../../server/storage/connection.ts";
import { openDatabase } from "../../server/storage/database.ts";
import type { ObjectName } from "../../translator/ast/expressions.ts";
import { must } from "../../translator/base/assert.ts";
import type {
  CatalogSnapshot,
  QualifiedName,
  Relation,
  RelationColumn,
  SequenceInfo,
} from "../../translator/bind/catalog.ts";
import type { BindContext } from "../../translator/bind/context.ts";
import { allHostFunctions } from "../../translator/functions/registry.ts";
import type { LoweredDml, LoweredInsert, LoweredTable } from "../../translator/lower/dml.ts";
import { parseStatement, type Statement } from "../../translator/statements/statement.ts";
import {
  type TranslatedQuery,
  type Translation,
  translateStatement,
} from "../../translator/translate.ts";
import { resolveTypeName } from "../../translator/types/names.ts";
import { duckType } from "../../translator/types/physical.ts";
import type { SnowType } from "../../translator/types/types.ts";

const DEFAULTS: Readonly<Record<string, string | number | boolean>> = {
  TIMEZONE: "America/Los_Angeles",
  DATE_INPUT_FORMAT: "AUTO",
  DATE_OUTPUT_FORMAT: "YYYY-MM-DD",
  TIME_INPUT_FORMAT: "AUTO",
  TIME_OUTPUT_FORMAT: "HH24:MI:SS",
  TIMESTAMP_INPUT_FORMAT: "AUTO",
  TIMESTAMP_OUTPUT_FORMAT: "YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM",
  TIMESTAMP_NTZ_OUTPUT_FORMAT: "YYYY-MM-DD HH24:MI:SS.FF3",
  TIMESTAMP_LTZ_OUTPUT_FORMAT: "",
  TIMESTAMP_TZ_OUTPUT_FORMAT: "",
  TIMESTAMP_TYPE_MAPPING: "TIMESTAMP_NTZ",
  BINARY_INPUT_FORMAT: "HEX",
  BINARY_OUTPUT_FORMAT: "HEX",
  TWO_DIGIT_CENTURY_START: 1970,
  WEEK_START: 0,
  WEEK_OF_YEAR_POLICY: 0,
  DEFAULT_NULL_ORDERING: "LAST",
  SEARCH_PATH: "$current, $public",
};

export type Result = {
  readonly columns: readonly string[];
  readonly types: readonly SnowType[];
  /** Printed cells; null is NULL. */
  readonly rows: readonly (readonly (string | null)[])[];
  readonly sql: string;
};

export class SmallAccount {
  readonly connection: DuckConnection;
  private readonly relations = new Map<string, Relation>();
  private readonly sequences = new Map<string, SequenceInfo>();
  private readonly variables = new Map<string, { type: SnowType; value: string }>();
  private ids = 1;

  private constructor(connection: DuckConnection) {
    this.connection = connection;
  }

  static async open(): Promise<SmallAccount> {
    const database = await openDatabase({
      directory: undefined,
      hostFunctions: allHostFunctions(),
      threads: 2,
    });
    const connection = await database.connect();
    await connection.setTimeZone("America/Los_Angeles");
    await connection.run("CREATE SEQUENCE _ids");
    await connection.run('CREATE SCHEMA "DB.PUBLIC"');
    return new SmallAccount(connection);
  }

  setVariable(name: string, type: SnowType, value: string): void {
    this.variables.set(name, { type, value });
  }

  context(): BindContext {
    const key = (name: QualifiedName): string => `${name.database}.${name.schema}.${name.name}`;
    const catalog: CatalogSnapshot = {
      version: this.ids,
      hasDatabase: (database) => database === "DB",
      hasSchema: (database, schema) => database === "DB" && schema === "PUBLIC",
      relation: (name) => this.relations.get(key(name)),
      sequence: (name) => this.sequences.get(key(name)),
    };
    return {
      catalog,
      database: "DB",
      schema: "PUBLIC",
      role: "SYSADMIN",
      warehouse: "WH",
      user: "U",
      account: "A",
      sessionId: "1",
      parameter: (name) => DEFAULTS[name] ?? "",
      variable: (name) => this.variables.get(name),
      bind: () => undefined,
      lastQueryId: () => undefined,
      prequery: (asked) => this.prequeries.get(asked),
      describeOnly: false,
    };
  }

  private prequeries = new Map<string, readonly (string | null)[]>();

  /** The translation alone, without running anything. */
  translate(sql: string): Translation {
    const statement = parseStatement(sql);
    const translated = translateStatement(statement, sql, this.context());
    if (translated.kind === "prequery") throw new Error("needs a query to run first");
    return { ...translated, statement };
  }

  /** Runs a statement; queries give rows, everything else none. Throws SnowflakeError as an account does. */
  async run(sql: string): Promise<Result> {
    const statement = parseStatement(sql);
    switch (statement.kind) {
      case "create_table":
        return await this.createTable(statement, sql);
      case "create_view":
        return this.createView(statement, sql);
      case "create_sequence": {
        const name = nameOf(statement.name);
        const physical = `"DB.PUBLIC"."${name.name}$sequence"`;
        await this.execute(
          `CREATE OR REPLACE SEQUENCE ${physical} START ${statement.options.start ?? 1} INCREMENT ${statement.options.increment ?? 1}`,
        );
        this.sequences.set(`DB.PUBLIC.${name.name}`, { name, id: this.ids++, physical });
        return NOTHING;
      }
      default:
        return await this.runTranslated(statement, sql);
    }
  }

  private async runTranslated(statement: Statement, sql: string): Promise<Result> {
    this.prequeries = new Map();
    for (;;) {
      const translated = translateStatement(statement, sql, this.context());
      if (translated.kind === "prequery") {
        const rows = await this.rows(`SELECT CAST(c1 AS VARCHAR) AS p1 FROM (${translated.sql})`);
        this.prequeries.set(
          translated.key,
          rows.map((row) => must(row)[0] ?? null),
        );
      } else if (translated.kind === "query") {
        return await this.query(translated);
      } else {
        await this.applyDml(translated.lowered);
        return { ...NOTHING, sql: JSON.stringify(translated.lowered) };
      }
    }
  }

  private async query(translated: TranslatedQuery): Promise<Result> {
    const cells = translated.columns.map(
      (column) => `${printed(column.type, column.physical)} AS p_${column.physical}`,
    );
    const sql = filled(translated.sql);
    const rows = await this.rows(`SELECT ${cells.join(", ")} FROM (${sql}) AS r`);
    return {
      columns: translated.columns.map((column) => column.name),
      types: translated.columns.map((column) => column.type),
      rows,
      sql,
    };
  }

  private async applyDml(dml: LoweredDml): Promise<void> {
    switch (dml.kind) {
      case "insert":
        await this.insert(dml);
        return;
      case "multi_insert":
        await this.execute(`CREATE OR REPLACE TEMP TABLE ${dml.sourceTable} AS ${dml.source}`);
        for (const insert of dml.inserts) await this.insert(insert);
        return;
      case "update": {
        await this.changeSet(dml.select);
        const sets = dml.columns.map((column, i) => `${column.physical} = s.c${i + 1}`);
        await this.execute(
          `UPDATE ${dml.table.physical} AS t SET ${sets.join(", ")} FROM (SELECT DISTINCT ON (_id) * FROM _changes) AS s WHERE t._id = s._id`,
        );
        return;
      }
      case "delete":
        await this.changeSet(dml.select);
        await this.deleteRows(dml.table, "SELECT _id FROM _changes");
        return;
      case "merge": {
        await this.changeSet(dml.select);
        const numbers = (action: string): string =>
          dml.actions.flatMap((a, i) => (a === action ? [i] : [])).join(", ") || "-1";
        const values = dml.columns.map((_, i) => `c${i + 1}`).join(", ");
        const physical = dml.columns.map((column) => column.physical).join(", ");
        const rows = (action: string, id: string): string =>
          `INSERT INTO ${dml.table.physical} (_id, ${physical}) SELECT ${id}, ${values} FROM _changes WHERE _clause IN (${numbers(action)})`;
        await this.deleteRows(dml.table, "SELECT _id FROM _changes WHERE _id IS NOT NULL");
        await this.execute(rows("update", "_id"));
        await this.execute(rows("insert", "nextval('_ids')"));
      }
    }
  }

  private async changeSet(select: string): Promise<void> {
    await this.execute(`CREATE OR REPLACE TEMP TABLE _changes AS ${select}`);
  }

  private async deleteRows(table: LoweredTable, ids: string): Promise<void> {
    await this.execute(`DELETE FROM ${table.physical} WHERE _id IN (${ids})`);
  }

  private async insert(insert: LoweredInsert): Promise<void> {
    const columns = insert.columns.map((column) => column.physical).join(", ");
    const values = insert.columns.map((_, i) => `c${i + 1}`).join(", ");
    if (insert.overwrite) await this.execute(`DELETE FROM ${insert.table.physical}`);
    await this.execute(
      `INSERT INTO ${insert.table.physical} (_id, ${columns}) SELECT nextval('_ids'), ${values} FROM (${insert.select})`,
    );
  }

  private async createTable(
    statement: Extract<Statement, { kind: "create_table" }>,
    text: string,
  ): Promise<Result> {
    const name = nameOf(statement.name);
    const physical = `"DB.PUBLIC"."${name.name}"`;
    const query =
      statement.source?.kind === "query"
        ? translateStatement(
            { kind: "select", query: statement.source.query },
            text,
            this.context(),
          )
        : undefined;
    const given: RelationColumn[] = statement.columns.map((column) => ({
      name: column.name.name,
      type: resolveTypeName(must(column.type), {
        timestampMapping: "TIMESTAMP_NTZ",
        position: { line: 1, position: 0 },
      }),
      nullable: column.nullable ?? true,
      physical: `"${column.name.name}"`,
      ...(column.default?.kind === "expression" && {
        default: { kind: "expression" as const, expression: column.default.expression, text },
      }),
    }));
    const columns =
      query?.kind === "query" && given.length === 0
        ? query.columns.map((column) => ({ ...column, physical: `"${column.name}"` }))
        : given;
    const definitions = columns.map((column) => `${column.physical} ${duckType(column.type)}`);
    await this.execute(
      `CREATE OR REPLACE TABLE ${physical} (_id BIGINT, ${definitions.join(", ")})`,
    );
    const id = this.ids++;
    this.relations.set(`DB.PUBLIC.${name.name}`, { kind: "table", name, id, physical, columns });
    if (query?.kind === "query") {
      await this.execute(
        `INSERT INTO ${physical} SELECT nextval('_ids'), * FROM (${filled(query.sql)})`,
      );
    }
    return NOTHING;
  }

  private createView(statement: Extract<Statement, { kind: "create_view" }>, text: string): Result {
    const name = nameOf(statement.name);
    const { query } = statement;
    const translated = translateStatement({ kind: "select", query }, text, this.context());
    if (translated.kind !== "query") throw new Error("a view needs a query");
    const columns = translated.columns.map((column, i) => ({
      ...column,
      name: statement.columns[i]?.name.name ?? column.name,
    }));
    const id = this.ids++;
    this.relations.set(`DB.PUBLIC.${name.name}`, { kind: "view", name, id, query, text, columns });
    return NOTHING;
  }

  /** Forgets a table, as DROP does. */
  drop(name: string): void {
    this.relations.delete(`DB.PUBLIC.${name}`);
  }

  private async execute(sql: string): Promise<void> {
    await this.connection.run(filled(sql));
  }

  /** Rows of a SELECT whose columns are all texts with names of their own. */
  private async rows(sql: string): Promise<(string | null)[][]> {
    const rows = await this.connection.rows(sql);
    return rows.map((row) =>
      Object.values(row).map((cell) => (cell === null ? null : String(cell))),
    );
  }
}

const NOTHING: Result = { columns: [], types: [], rows: [], sql: "" };

/** Placeholders of the statement's start, at a fixed time. */
function filled(sql: string): string {
  return sql
    .replaceAll("⟦current_timestamp⟧", "TIMESTAMPTZ '2024-05-06 07:08:09 America/Los_Angeles'")
    .replaceAll("⟦query_id⟧", "'query'")
    .replaceAll("⟦current_statement⟧", "''")
    .replaceAll("⟦transaction_id⟧", "NULL");
}

function nameOf(name: ObjectName): QualifiedName {
  if (name.kind !== "name") throw new Error("IDENTIFIER() is not for small accounts");
  return { database: "DB", schema: "PUBLIC", name: must(name.parts.at(-1)).name };
}

function printed(type: SnowType, physical: string): string {
  switch (type.kind) {
    case "variant":
    case "object":
    case "array":
    case "map":
      return `_v_compact(${physical}, '')`;
    case "timestamp":
      return type.flavor === "tz"
        ? `CAST((${physical}).instant AS VARCHAR)`
        : `CAST(${physical} AS VARCHAR)`;
    default:
      return `CAST(${physical} AS VARCHAR)`;
  }
}
