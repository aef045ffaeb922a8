/** CREATE VIEW and ALTER VIEW. https://docs.snowflake.com/en/sql-reference/sql/create-view */

import { printExpression } from "../../translator/ast/printer.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import { Cursor } from "../../translator/parse/cursor.ts";
import { parseQuery } from "../../translator/parse/query.ts";
import { phraseOf } from "../../translator/statements/forms.ts";
import type { ViewObject } from "../catalog/objects.ts";
import { commonFields } from "./account-objects.ts";
import { alteredViewColumns } from "./alter-column-governance.ts";
import { taggedChange } from "./alter-tags.ts";
import { checkDistinct } from "./columns.ts";
import { copiedGrants } from "./copied-grants.ts";
import { markDropped } from "./drop.ts";
import type { Execution, Handler, StatementOf } from "./execution.ts";
import { governed, refuseGoverned } from "./governed-relation.ts";
import { findMember, findSchema, memberName, notFound, shown, shownQualified } from "./names.ts";
import { rowAccessChange } from "./policy-attachments.ts";
import { propertyRecord } from "./properties.ts";
import { planQuery } from "./query-plan.ts";
import { alreadyExists, created, executed } from "./status.ts";

type CreateStatement = StatementOf<"create_view">;

export const createView: Handler<"create_view"> = async (statement, execution) => {
  const name = memberName(statement.name, execution, `CREATE ${statement.object}`);
  if (statement.orAlter) refuseGoverned(statement);
  const done = await execution.ddl(async (snapshot) => {
    const schema = findSchema(snapshot, name.database, name.schema);
    const existing = findMember(snapshot, "relation", name, execution);
    if (existing !== undefined && statement.ifNotExists) return { changes: [], result: false };
    const kept = statement.orAlter && existing?.kind === "view" ? existing : undefined;
    const isInTheWay = kept === undefined && (!statement.orReplace || existing?.kind === "stream");
    if (existing !== undefined && isInTheWay) {
      throw snowflakeError("objectExists", { name: shown(name.name) });
    }
    const query = definedBy(statement, execution);
    const columns = await viewColumns(statement, query, execution);
    const options = propertyRecord(statement.properties, execution);
    const view: ViewObject = {
      ...commonFields(name.name, options, execution),
      kind: "view",
      schemaId: schema.id,
      sessionId: statement.temporary ? String(execution.session.id) : undefined,
      text: execution.text,
      query,
      columns,
      secure: statement.secure,
      materialized: statement.object === "MATERIALIZED VIEW",
      clusterBy: viewClustering(statement),
      comment: statement.comment ?? options.COMMENT ?? "",
    };
    if (kept !== undefined) {
      const object = redefined(kept, view, execution);
      return { changes: [{ kind: "put" as const, object }], result: true };
    }
    const replaced = existing === undefined ? [] : [markDropped(existing, execution)];
    const object = governed(view, statement, snapshot, execution);
    const grants = statement.copyGrants ? copiedGrants(existing, object, snapshot, execution) : [];
    return { changes: [...replaced, { kind: "put" as const, object }, ...grants], result: true };
  });
  if (!done) return alreadyExists(name.name);
  const title = statement.object === "VIEW" ? "View" : "Materialized view";
  return created(title, name.name);
};

/** The query's text. A recursive view is a recursive common table expression of its own name. */
function definedBy({ recursive, columns, name, query }: CreateStatement, execution: Execution) {
  const text = execution.text.slice(query.span.start, query.span.end);
  if (!recursive) return text;
  const own = quotedName(memberName(name, execution, "CREATE RECURSIVE VIEW").name);
  const names = columns.map((column) => quotedName(column.name.name)).join(", ");
  return `WITH RECURSIVE ${own}${names && ` (${names})`} AS (${text}\n) SELECT * FROM ${own}`;
}

function quotedName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * CREATE OR ALTER of a view that exists: it stays the same object, and its tags and policies stay (docs: create-or-alter).
 */
function redefined(view: ViewObject, wanted: ViewObject, execution: Execution): ViewObject {
  const columns = wanted.columns.map((column) => {
    const before = view.columns.find(({ name }) => name === column.name);
    return before === undefined ? column : { ...before, ...column };
  });
  const { text, query, secure, comment, options, clusterBy } = wanted;
  const alteredAt = execution.account.now();
  return { ...view, text, query, secure, comment, options, columns, clusterBy, alteredAt };
}

/** The clustering key of a materialized view, as text. */
function viewClustering({ clusterBy, object }: CreateStatement): string | undefined {
  if (clusterBy.length === 0) return undefined;
  if (object === "VIEW") throw snowflakeError("unsupportedFeature", { feature: "VIEW CLUSTER BY" });
  return clusterBy.map(printExpression).join(", ");
}

/** Names, types and comments; the query is bound now, so that errors show at creation. */
async function viewColumns(
  statement: CreateStatement,
  definition: string,
  execution: Execution,
): Promise<ViewObject["columns"]> {
  const { columns: given, recursive } = statement;
  // Errors of a plain view say where in the statement they are.
  const text = recursive ? definition : execution.text;
  const query = recursive ? parseQuery(new Cursor(definition)) : statement.query;
  const plan = await planQuery(query, { ...execution, text, describeOnly: true }, undefined);
  if (given.length > 0 && given.length !== plan.columns.length) {
    throw snowflakeError("columnListMismatch", {});
  }
  const columns = plan.columns.map((output, index) => ({
    name: given[index]?.name.name ?? output.name,
    type: output.type,
    nullable: output.nullable,
    comment: given[index]?.comment ?? "",
  }));
  checkDistinct(columns.map((column) => column.name));
  return columns;
}

export const alterView: Handler<"alter_view"> = async (statement, execution) => {
  const name = memberName(statement.name, execution, "ALTER VIEW");
  await execution.ddl(async (snapshot) => {
    const found = findMember(snapshot, "relation", name, execution);
    if (found?.kind !== "view") {
      if (statement.ifExists) return { changes: [], result: undefined };
      throw notFound("View", shownQualified(name));
    }
    const altered = alteredView(found, statement.alteration, execution);
    return { changes: [{ kind: "put", object: altered }], result: undefined };
  });
  return executed();
};

function alteredView(
  view: ViewObject,
  alteration: StatementOf<"alter_view">["alteration"],
  execution: Execution,
): ViewObject {
  const alteredAt = execution.account.now();
  const { snapshot } = execution.account.catalog;
  switch (alteration.kind) {
    case "rename": {
      const target = memberName(alteration.name, execution, "ALTER VIEW");
      const schema = findSchema(snapshot, target.database, target.schema);
      if (findMember(snapshot, "relation", target, execution) !== undefined) {
        throw snowflakeError("objectExists", { name: shown(target.name) });
      }
      return { ...view, name: target.name, schemaId: schema.id, alteredAt };
    }
    case "set": {
      const options = propertyRecord(alteration.properties, execution);
      return {
        ...view,
        options: { ...view.options, ...options },
        comment: options.COMMENT ?? view.comment,
        alteredAt,
      };
    }
    case "unset": {
      const options = Object.fromEntries(
        Object.entries(view.options).filter(([option]) => !alteration.names.includes(option)),
      );
      const comment = alteration.names.includes("COMMENT") ? "" : view.comment;
      return { ...view, options, comment, alteredAt };
    }
    case "set_tags":
    case "unset_tags":
      return { ...taggedChange(view, alteration, snapshot, execution), alteredAt };
    case "add_policy":
    case "drop_policy": {
      const rowAccess = rowAccessChange(view, alteration, snapshot, execution);
      return { ...view, rowAccess, alteredAt };
    }
    case "alter_columns": {
      const columns = alteredViewColumns(view, alteration.alterations, snapshot, execution);
      return { ...view, columns, alteredAt };
    }
    case "clause":
      if (alteration.clause.form === "DROP ALL ROW ACCESS POLICIES") {
        return { ...view, rowAccess: undefined, alteredAt };
      }
      if (alteration.clause.form === "DROP CLUSTERING KEY") {
        return {
          ...onlyMaterialized(view, "DROP CLUSTERING KEY"),
          clusterBy: undefined,
          alteredAt,
        };
      }
      throw snowflakeError("unsupportedFeature", {
        feature: `ALTER VIEW ${phraseOf(alteration.clause)}`,
      });
    case "cluster_by": {
      const clusterBy = alteration.expressions.map(printExpression).join(", ");
      return { ...onlyMaterialized(view, "CLUSTER BY"), clusterBy, alteredAt };
    }
    case "set_secure":
    case "unset_secure": {
      const { kind, others } = alteration;
      const changed = others === undefined ? view : alteredView(view, others, execution);
      return { ...changed, secure: kind === "set_secure", alteredAt };
    }
    default:
      throw snowflakeError("unsupportedFeature", {
        feature: `ALTER VIEW ${alteration.kind.toUpperCase().replaceAll("_", " ")}`,
      });
  }
}

function onlyMaterialized(view: ViewObject, what: string): ViewObject {
  if (view.materialized) return view;
  throw snowflakeError("unsupportedFeature", { feature: `ALTER VIEW ${what}` });
}
