/**
 * The grants of an account as they read now: what was granted, and the ownership of every object. A grant knows its
 * object by id (`options.OBJECT`), so that a rename keeps it, a drop hides it and UNDROP brings it back.
 */

import { relationWord } from "../dynamic-table.ts";
import type { CatalogObject, GrantObject } from "../objects.ts";
import type { Snapshot } from "../snapshot.ts";
import { quoted } from "./names.ts";

/** The object of a grant under its current name. */
export type GrantedOn = {
  /** TABLE, MATERIALIZED_VIEW, ACCOUNT …: underscores, not spaces. */
  readonly kind: string;
  readonly id: number | undefined;
  readonly database: string | undefined;
  readonly schema: string | undefined;
  readonly name: string;
  /** The whole name as SHOW GRANTS prints it. */
  readonly label: string;
};

export type Grant = {
  readonly createdAt: number;
  readonly privilege: string;
  readonly on: GrantedOn;
  readonly grantedTo: GrantObject["grantedTo"];
  readonly grantee: string;
  readonly withGrantOption: boolean;
  readonly grantedBy: string;
};

/** Names of the keys of a grant's `options`. */
export const GRANT_OBJECT = "OBJECT";
export const GRANT_FUTURE = "FUTURE";

/** The word for an object's kind in grants. */
export function grantKind(object: CatalogObject): string {
  return object.kind === "table" || object.kind === "view"
    ? relationWord(object)
    : object.kind.toUpperCase();
}

/** The object and where it is; undefined when it, or what contains it, has been dropped. */
export function grantedOn(snapshot: Snapshot, id: number): GrantedOn | undefined {
  const object = snapshot.get(id);
  if (object === undefined || object.droppedAt !== undefined) return undefined;
  const own = { kind: grantKind(object), id, name: object.name };
  if ("schemaId" in object) {
    const schema = snapshot.get(object.schemaId);
    const above = schema?.kind === "schema" ? snapshot.get(schema.databaseId) : undefined;
    if (!live(schema) || !live(above)) return undefined;
    const label = [above.name, schema.name, object.name].map(quoted).join(".");
    return { ...own, database: above.name, schema: schema.name, label };
  }
  if ("databaseId" in object) {
    const above = snapshot.get(object.databaseId);
    if (!live(above)) return undefined;
    const label = [above.name, object.name].map(quoted).join(".");
    return { ...own, database: above.name, schema: undefined, label };
  }
  return { ...own, database: undefined, schema: undefined, label: quoted(object.name) };
}

function live(object: CatalogObject | undefined): object is CatalogObject {
  return object !== undefined && object.droppedAt === undefined;
}

/** Grants that were given, those of a kind of object to come left out. */
export function givenGrants(snapshot: Snapshot): Grant[] {
  return grantObjects(snapshot).flatMap((grant) => {
    if (grant.options[GRANT_FUTURE] !== undefined) return [];
    const id = grant.options[GRANT_OBJECT];
    const on = id === undefined ? accountOf(grant) : grantedOn(snapshot, Number(id));
    return on === undefined ? [] : [asGrant(grant, on)];
  });
}

/** FUTURE grants: `on.name` is the container's name with the kind, `DB.SCHEMA.<TABLE>`. */
export function futureGrants(snapshot: Snapshot): Grant[] {
  return grantObjects(snapshot).flatMap((grant) => {
    const id = grant.options[GRANT_FUTURE];
    const container = id === undefined ? undefined : grantedOn(snapshot, Number(id));
    if (container === undefined) return [];
    const label = `${container.label}.<${grant.on.kind}>`;
    return [asGrant(grant, { ...container, kind: grant.on.kind, label })];
  });
}

function grantObjects(snapshot: Snapshot): GrantObject[] {
  return snapshot
    .list("grant", 0)
    .filter((object) => object.kind === "grant")
    .filter((grant) => grant.grantedTo !== "ROLE" || snapshot.find("role", 0, grant.grantee))
    .sort((a, b) => a.createdAt - b.createdAt || a.id - b.id);
}

function accountOf(grant: GrantObject): GrantedOn {
  const { kind, name } = grant.on;
  return { kind, id: undefined, database: undefined, schema: undefined, name, label: name };
}

function asGrant(grant: GrantObject, on: GrantedOn): Grant {
  const { createdAt, privilege, grantedTo, grantee, withGrantOption, grantedBy } = grant;
  return { createdAt, privilege, on, grantedTo, grantee, withGrantOption, grantedBy };
}

/** The OWNERSHIP of every object that has an owner; temporary ones are their session's own matter. */
export function ownerships(snapshot: Snapshot): Grant[] {
  return [...snapshot.all()].flatMap((object) => {
    const temporary = "sessionId" in object && object.sessionId !== undefined;
    if (object.kind === "grant" || object.owner === "" || temporary) return [];
    const on = grantedOn(snapshot, object.id);
    return on === undefined ? [] : [ownership(object, on)];
  });
}

export function ownership(object: CatalogObject, on: GrantedOn): Grant {
  return {
    createdAt: object.createdAt,
    privilege: "OWNERSHIP",
    on,
    grantedTo: "ROLE",
    grantee: object.owner,
    withGrantOption: true,
    grantedBy: object.owner,
  };
}
