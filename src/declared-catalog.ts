/**
 * A catalog made of CREATE statements, so that statements can be translated without an account: tables, views and
 * sequences, nothing stored. What the translator needs of a session has Snowflake's defaults.
 */

import { PARAMETERS } from "../server/session/parameter-table.ts";
import type { ObjectName } from "../translator/ast/expressions.ts";
import { must } from "../translator/base/assert.ts";
import { snowflakeError } from "../translator/base/errors.ts";
import type {
  CatalogSnapshot,
  QualifiedName,
  Relation,
  RelationColumn,
  SequenceInfo,
} from "../translator/bind/catalog.ts";
import type { BindContext } from "../translator/bind/context.ts";
import { splitStatements } from "../translator/lex/split.ts";
import { parseStatement, type Statement } from "../translator/statements/statement.ts";
import { translateStatement } from "../translator/translate.ts";
import { resolveTypeName } from "../translator/types/names.ts";

/** Where unqualified names belong. */
export type DeclaredSession = {
  readonly database?: string | undefined;
  readonly schema?: string | undefined;
};

type StatementOf<Kind extends Statement["kind"]> = Extract<Statement, { readonly kind: Kind }>;

export class DeclaredCatalog implements CatalogSnapshot {
  #version = 0;
  #database: string;
  #schema: string;
  readonly #schemas = new Set<string>();
  readonly #relations = new Map<string, Relation>();
  readonly #sequences = new Map<string, SequenceInfo>();

  /** @param session names as stored: upper case unless they were quoted; DB and PUBLIC unless given */
  constructor(session: DeclaredSession = {}) {
    this.#database = session.database ?? "DB";
    this.#schema = session.schema ?? "PUBLIC";
    this.#schemas.add(keyOf(this.#database, this.#schema));
  }

  /**
   * Declares what the statements create.
   * @param ddl CREATE TABLE, VIEW and SEQUENCE statements (and USE), separated by semicolons
   * @throws SnowflakeError for a syntax error, 000002 for any other statement
   */
  declareAll(ddl: string): void {
    for (const { text } of splitStatements(ddl)) {
      const statement = parseStatement(text);
      if (!this.declare(statement, text)) {
        const feature = `${statement.kind.toUpperCase().replaceAll("_", " ")} as a declaration`;
        throw snowflakeError("unsupportedFeature", { feature });
      }
    }
  }

  /** Declares what one statement creates; false when it creates nothing that this catalog knows. */
  declare(statement: Statement, text: string): boolean {
    switch (statement.kind) {
      case "create_table":
        this.#declareTable(statement, text);
        return true;
      case "create_view":
        this.#declareView(statement, text);
        return true;
      case "create_sequence": {
        const name = this.#declaredName(statement.name);
        this.#sequences.set(keyOfName(name), { name, id: this.#version, physical: sqlName(name) });
        return true;
      }
      case "use":
        return this.#use(statement);
      default:
        return false;
    }
  }

  get version(): number {
    return this.#version;
  }

  hasDatabase(database: string): boolean {
    return [...this.#schemas].some((schema) => schema.startsWith(keyOf(database, "")));
  }

  hasSchema(database: string, schema: string): boolean {
    return this.#schemas.has(keyOf(database, schema));
  }

  relation(name: QualifiedName): Relation | undefined {
    return this.#relations.get(keyOfName(name));
  }

  sequence(name: QualifiedName): SequenceInfo | undefined {
    return this.#sequences.get(keyOfName(name));
  }

  /** The context to translate with: this catalog, default parameters, binds typed as text. */
  context(): BindContext {
    return {
      catalog: this,
      database: this.#database,
      schema: this.#schema,
      role: "ACCOUNTADMIN",
      warehouse: "COMPUTE_WH",
      user: "MOCKHAUS",
      account: "MOCKHAUS",
      sessionId: "1",
      parameter: (name) => must(PARAMETERS.get(name), `parameter ${name}`).fallback,
      variable: () => undefined,
      bind: () => undefined,
      lastQueryId: () => undefined,
      describeOnly: true,
    };
  }

  #declareTable(statement: StatementOf<"create_table">, text: string): void {
    const name = this.#completed(statement.name);
    const columns = this.#tableColumns(statement, text);
    if (columns.length === 0) throw snowflakeError("missingColumns");
    this.#declaredName(statement.name);
    const id = this.#version;
    this.#relations.set(keyOfName(name), {
      kind: "table",
      name,
      id,
      physical: sqlName(name),
      columns,
    });
  }

  #tableColumns(statement: StatementOf<"create_table">, text: string): readonly RelationColumn[] {
    const { source } = statement;
    if (source?.kind === "like" || source?.kind === "clone") {
      const name = this.#completed(source.table);
      const found = this.relation(name);
      if (found === undefined) throw snowflakeError("objectNotFound", { name: name.name });
      return found.columns.map((column) => ({ ...column, physical: quoted(column.name) }));
    }
    const outputs =
      source === undefined ? [] : this.#queryColumns({ kind: "select", query: source.query }, text);
    if (statement.columns.length === 0) return outputs;
    return statement.columns.map((column, index): RelationColumn => {
      const type = column.type;
      return {
        name: column.name.name,
        type:
          type === undefined
            ? must(outputs[index], `a type for ${column.name.name}`).type
            : resolveTypeName(type, { timestampMapping: "TIMESTAMP_NTZ" }),
        nullable:
          column.nullable !== false &&
          !column.constraints.some((constraint) => constraint.kind === "primary_key"),
        physical: quoted(column.name.name),
        ...(column.default?.kind === "expression"
          ? { default: { kind: "expression", expression: column.default.expression, text } }
          : {}),
      };
    });
  }

  #declareView(statement: StatementOf<"create_view">, text: string): void {
    const columns = this.#queryColumns({ kind: "select", query: statement.query }, text);
    const name = this.#declaredName(statement.name);
    this.#relations.set(keyOfName(name), {
      kind: "view",
      name,
      id: this.#version,
      query: statement.query,
      text,
      columns: columns.map((column, index) => ({
        ...column,
        name: statement.columns[index]?.name.name ?? column.name,
        physical: `c${index + 1}`,
      })),
    });
  }

  #queryColumns(statement: StatementOf<"select">, text: string): readonly RelationColumn[] {
    const translated = translateStatement(statement, text, this.context());
    if (translated.kind !== "query") {
      throw snowflakeError("unsupportedFeature", {
        feature: "a query whose columns depend on data",
      });
    }
    return translated.columns.map((column) => ({ ...column, physical: quoted(column.name) }));
  }

  #use({ target }: StatementOf<"use">): boolean {
    if (target.kind !== "DATABASE" && target.kind !== "SCHEMA" && target.kind !== "bare")
      return false;
    const names = partsOf(target.name);
    const last = must(names.at(-1), "a name has a part");
    if (target.kind === "DATABASE" || (target.kind === "bare" && names.length === 1)) {
      this.#database = last;
      this.#schema = "PUBLIC";
    } else {
      this.#database = names.at(-2) ?? this.#database;
      this.#schema = last;
    }
    this.#schemas.add(keyOf(this.#database, this.#schema));
    return true;
  }

  /** Completes the name of a new object; its schema is there from then on. */
  #declaredName(name: ObjectName): QualifiedName {
    const completed = this.#completed(name);
    this.#schemas.add(keyOf(completed.database, completed.schema));
    this.#version++;
    return completed;
  }

  #completed(name: ObjectName): QualifiedName {
    const names = partsOf(name);
    return {
      database: names.at(-3) ?? this.#database,
      schema: names.at(-2) || (names.length > 2 ? "PUBLIC" : this.#schema),
      name: must(names.at(-1), "a name has a part"),
    };
  }
}

function partsOf(name: ObjectName): readonly string[] {
  if (name.kind === "name") return name.parts.map((part) => part.name);
  throw snowflakeError("unsupportedFeature", { feature: "IDENTIFIER() in a declaration" });
}

function keyOf(database: string, schema: string): string {
  return `${quoted(database)}.${schema}`;
}

function keyOfName({ database, schema, name }: QualifiedName): string {
  return `${quoted(database)}.${quoted(schema)}.${quoted(name)}`;
}

function sqlName({ database, schema, name }: QualifiedName): string {
  return `${quoted(database)}.${quoted(schema)}.${quoted(name)}`;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
