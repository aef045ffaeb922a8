/** CREATE and ALTER FILE FORMAT. https://docs.snowflake.com/en/sql-reference/sql/create-file-format */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { Property } from "../../translator/statements/properties.ts";
import type { FileFormatObject } from "../catalog/objects.ts";
import type { FileType } from "../stages/format-options.ts";
import { formatValues, valueText } from "../stages/format-values.ts";
import { typeOf, withoutType } from "../stages/resolve-format.ts";
import { commonFields } from "./account-objects.ts";
import type { ObjectCreator } from "./create-object.ts";
import type { Execution, StatementOf } from "./execution.ts";
import { findMember, findSchema, memberName, notFound, shown, shownQualified } from "./names.ts";
import { propertyRecord } from "./properties.ts";
import { alreadyExists, created, executed } from "./status.ts";

type Alteration = StatementOf<"alter_object">["alteration"];

export const createFileFormat: ObjectCreator = async (statement, execution) => {
  const name = memberName(statement.name, execution, "CREATE FILE FORMAT");
  if (statement.clone !== undefined) {
    throw snowflakeError("unsupportedFeature", { feature: "CREATE FILE FORMAT CLONE" });
  }
  const made = await execution.ddl(async (snapshot) => {
    const schema = findSchema(snapshot, name.database, name.schema);
    const sessionId =
      statement.persistence === "temporary" ? String(execution.session.id) : undefined;
    const found = snapshot.find("file_format", schema.id, name.name, sessionId);
    // A temporary one hides a permanent one of the same name, and does not collide with it.
    const existing =
      found?.kind === "file_format" && found.sessionId === sessionId ? found : undefined;
    if (existing !== undefined && statement.ifNotExists) return { changes: [], result: false };
    if (existing !== undefined && !statement.orReplace && !statement.orAlter) {
      throw snowflakeError("objectExists", { name: shown(name.name) });
    }
    const format = newFormat(statement.properties, name.name, schema.id, sessionId, execution);
    if (existing === undefined) {
      return { changes: [{ kind: "put" as const, object: format }], result: true };
    }
    if (!statement.orAlter) {
      const gone = { kind: "purge" as const, id: existing.id };
      return { changes: [gone, { kind: "put" as const, object: format }], result: true };
    }
    if (existing.type !== format.type) throw typeChange();
    const { type, writtenType, values, comment, alteredAt } = format;
    const altered = { ...existing, type, writtenType, values, comment, alteredAt };
    return { changes: [{ kind: "put" as const, object: altered }], result: true };
  });
  return made ? created("File format", name.name) : alreadyExists(name.name);
};

function typeChange() {
  return snowflakeError("invalidProperty", { property: "TYPE", object: "FILE FORMAT" });
}

function newFormat(
  properties: readonly Property[],
  name: string,
  schemaId: number,
  sessionId: string | undefined,
  execution: Execution,
): FileFormatObject {
  const type = typeOf(properties);
  const written = properties.find((property) => property.name === "TYPE");
  const comment = properties.filter((property) => property.name === "COMMENT");
  return {
    ...commonFields(name, propertyRecord(comment, execution), execution),
    kind: "file_format",
    schemaId,
    sessionId,
    type,
    writtenType: written === undefined ? type : valueText(written.value),
    values: formatValues(type, withoutType(properties)),
  };
}

/** ALTER FILE FORMAT: rename, options, comment. https://docs.snowflake.com/en/sql-reference/sql/alter-file-format */
export async function alterFileFormat(
  statement: StatementOf<"alter_object">,
  objectName: NonNullable<StatementOf<"alter_object">["name"]>,
  execution: Execution,
) {
  const name = memberName(objectName, execution, "ALTER FILE FORMAT");
  await execution.ddl(async (snapshot) => {
    const found = findMember(snapshot, "file_format", name, execution);
    if (found?.kind !== "file_format") {
      if (statement.ifExists) return { changes: [], result: undefined };
      throw notFound("File format", shownQualified(name));
    }
    const object = altered(found, statement.alteration, execution);
    const alteredAt = execution.account.now();
    return { changes: [{ kind: "put", object: { ...object, alteredAt } }], result: undefined };
  });
  return executed();
}

function altered(
  format: FileFormatObject,
  alteration: Alteration,
  execution: Execution,
): FileFormatObject {
  switch (alteration.kind) {
    case "rename":
      return { ...format, ...renamed("file_format", alteration.name, execution) };
    case "set": {
      const { properties } = alteration;
      if (properties.some(({ name }) => name === "TYPE")) throw typeChange();
      const values = formatValues(format.type as FileType, withoutType(properties));
      const { COMMENT: comment } = propertyRecord(
        properties.filter(({ name }) => name === "COMMENT"),
        execution,
      );
      return {
        ...format,
        values: { ...format.values, ...values },
        comment: comment ?? format.comment,
      };
    }
    case "unset":
      if (alteration.names.every((name) => name === "COMMENT")) return { ...format, comment: "" };
      break;
    default:
  }
  throw snowflakeError("unsupportedFeature", {
    feature: `ALTER FILE FORMAT ${alteration.kind.toUpperCase().replaceAll("_", " ")}`,
  });
}

/**
 * The new name and schema of a renamed member of a schema.
 * @throws 002002 when the name is taken
 */
export function renamed(
  space: "file_format" | "stage",
  to: NonNullable<StatementOf<"alter_object">["name"]>,
  execution: Execution,
): { readonly name: string; readonly schemaId: number } {
  const { snapshot } = execution.account.catalog;
  const target = memberName(to, execution, "ALTER");
  const schema = findSchema(snapshot, target.database, target.schema);
  if (findMember(snapshot, space, target, execution) !== undefined) {
    throw snowflakeError("objectExists", { name: shown(target.name) });
  }
  return { name: target.name, schemaId: schema.id };
}
