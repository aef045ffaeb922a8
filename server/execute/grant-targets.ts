/** The objects that GRANT, REVOKE and SHOW GRANTS are about. */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { GrantObject as GrantNode } from "../../translator/statements/grant_object.ts";
import { grantKind } from "../catalog/information-schema/grants.ts";
import { databases, schemas } from "../catalog/information-schema/objects.ts";
import type { CatalogObject, SchemaObject } from "../catalog/objects.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import { functionNotFound, locateFunction } from "../program/functions-alter.ts";
import { findProcedure } from "../program/procedures/drop.ts";
import { kindTitle, locateObject } from "./drop.ts";
import type { Execution } from "./execution.ts";
import { findDatabase, findSchema, lastPart, schemaName } from "./names.ts";

/** A catalog object, or the account when there is none. */
export type GrantTarget = { readonly object: CatalogObject | undefined };

/** Kinds that the catalog holds; whatever else is named cannot exist. */
const KNOWN = new Set([
  "DATABASE",
  "SCHEMA",
  "TABLE",
  "VIEW",
  "MATERIALIZED VIEW",
  "SEQUENCE",
  "STAGE",
  "STREAM",
  "FILE FORMAT",
  "MASKING POLICY",
  "ROW ACCESS POLICY",
  "TAG",
  "TASK",
  "ALERT",
  "INTEGRATION",
  "PIPE",
  "WAREHOUSE",
  "ROLE",
  "USER",
]);

/** What `ALL … IN SCHEMA` looks through. */
const GRANTED_SPACES = [
  "relation",
  "sequence",
  "stage",
  "file_format",
  "task",
  "alert",
  "pipe",
] as const;

/**
 * The objects that are there now.
 * @param verb for messages: "GRANT"
 * @throws 002003 when one does not exist
 */
export function grantTargets(
  on: GrantNode,
  snapshot: Snapshot,
  execution: Execution,
  verb: string,
): GrantTarget[] {
  if (on.kind === "account") return [{ object: undefined }];
  if (on.kind === "object") {
    const kind = kindWord(on.object, verb);
    return on.names.map((name) => {
      if (kind === "FUNCTION") {
        const routine = locateFunction(snapshot, name, on.signature, execution, verb);
        if (routine !== undefined) return { object: routine };
        throw functionNotFound(name, execution);
      }
      if (kind === "PROCEDURE") {
        const { object, shown } = findProcedure(name, on.signature, execution, verb);
        if (object !== undefined) return { object };
        throw snowflakeError("containerNotFound", { kind: "Procedure", name: shown });
      }
      const found = KNOWN.has(kind)
        ? locateObject(snapshot, kind, name, execution, verb)
        : undefined;
      if (found !== undefined) return { object: found };
      throw snowflakeError("containerNotFound", {
        kind: kindTitle(kind),
        name: lastPart(name, execution),
      });
    });
  }
  if (on.which !== "all") {
    throw snowflakeError("unsupportedFeature", { feature: `${verb} ON ${on.which.toUpperCase()}` });
  }
  return bulkObjects(on, snapshot, execution, verb).map((object) => ({ object }));
}

/** The word for a kind of object; classes do not exist here. */
export function kindWord(
  object: Extract<GrantNode, { kind: "object" | "bulk" }>["object"],
  verb: string,
): string {
  if (typeof object === "string") return object;
  throw snowflakeError("unsupportedFeature", { feature: `${verb} on instances of classes` });
}

/** The database or schema of `ALL … IN` and `FUTURE … IN`. */
export function bulkContainer(
  on: Extract<GrantNode, { kind: "bulk" }>,
  snapshot: Snapshot,
  execution: Execution,
  verb: string,
): CatalogObject {
  const { name, container } = on;
  if (name === undefined || (container !== "DATABASE" && container !== "SCHEMA")) {
    throw snowflakeError("unsupportedFeature", { feature: `${verb} IN ${container}` });
  }
  if (container === "DATABASE") return findDatabase(snapshot, lastPart(name, execution));
  const { database, schema } = schemaName(name, execution, verb);
  return findSchema(snapshot, database, schema);
}

function bulkObjects(
  on: Extract<GrantNode, { kind: "bulk" }>,
  snapshot: Snapshot,
  execution: Execution,
  verb: string,
): CatalogObject[] {
  const kind = kindWord(on.object, verb).replaceAll(" ", "_");
  const container = bulkContainer(on, snapshot, execution, verb);
  if (kind === "SCHEMA") {
    const above = databases(snapshot).filter(({ id }) => id === container.id);
    return above.flatMap((database) => schemas(snapshot, database));
  }
  const inSchemas: SchemaObject[] =
    container.kind === "schema"
      ? [container]
      : databases(snapshot)
          .filter(({ id }) => id === container.id)
          .flatMap((database) => schemas(snapshot, database));
  return inSchemas.flatMap((schema) =>
    GRANTED_SPACES.flatMap((space) => snapshot.list(space, schema.id)).filter(
      (object) => grantKind(object) === kind,
    ),
  );
}
