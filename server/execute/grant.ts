/**
 * GRANT and REVOKE. What is granted is recorded and shown; access is not enforced, every role may do everything.
 * https://docs.snowflake.com/en/sql-reference/sql/grant-privilege
 */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { Granted, Grantee } from "../../translator/statements/grant.ts";
import { GRANT_FUTURE, GRANT_OBJECT, grantKind } from "../catalog/information-schema/grants.ts";
import type { CatalogObject, GrantObject } from "../catalog/objects.ts";
import { isPaused, type PipeObject } from "../catalog/pipe-object.ts";
import type { CatalogChange, Snapshot } from "../catalog/snapshot.ts";
import { kindTitle } from "./drop.ts";
import type { Execution, Handler } from "./execution.ts";
import { grantName } from "./grant-name.ts";
import { OWNERSHIP, privilegeKind, privilegesMeant } from "./grant-privileges.ts";
import { bulkContainer, grantTargets, kindWord } from "./grant-targets.ts";
import { lastPart, shown } from "./names.ts";
import { executed } from "./status.ts";

/** One privilege on one object. */
type Item = {
  readonly privilege: string;
  readonly on: GrantObject["on"];
  readonly options: GrantObject["options"];
  readonly object: CatalogObject | undefined;
};

type To = Pick<GrantObject, "grantedTo" | "grantee">;

function missing(kind: string, name: string) {
  return snowflakeError("containerNotFound", { kind: kindTitle(kind), name: shown(name) });
}

/** The grantee, checked to exist; users may also be known only from having logged in. */
function receiver({ kind, name }: Grantee, snapshot: Snapshot, execution: Execution): To {
  const grantee = lastPart(name, execution);
  if (kind === "ROLE" && snapshot.find("role", 0, grantee) !== undefined) {
    return { grantedTo: "ROLE", grantee };
  }
  if (kind === "USER") {
    const sessions = [...execution.account.sessions.all()];
    const known =
      snapshot.find("user", 0, grantee) !== undefined ||
      execution.session.user === grantee ||
      sessions.some(({ user }) => user === grantee);
    if (known) return { grantedTo: "USER", grantee };
  }
  throw missing(kind, grantee);
}

function objectItem(privilege: string, object: CatalogObject): Item {
  return {
    privilege,
    on: { kind: grantKind(object), name: object.name },
    options: { [GRANT_OBJECT]: String(object.id) },
    object,
  };
}

/** Each privilege with each object. */
function items(
  granted: Granted,
  snapshot: Snapshot,
  execution: Execution,
  verb: string,
): readonly Item[] {
  if (granted.kind === "role") return [roleItem(granted, snapshot, execution, verb)];
  const { on, caller } = granted;
  if (caller !== undefined) {
    throw snowflakeError("unsupportedFeature", { feature: `${verb} ${caller}` });
  }
  const ofColumns = granted.privileges.find(({ columns }) => columns.length > 0);
  if (ofColumns !== undefined) {
    const feature = `${verb} ${ofColumns.name} on columns`;
    throw snowflakeError("unsupportedFeature", { feature });
  }
  const names = granted.privileges.map(({ name }) => name);
  if (on.kind === "bulk" && on.which === "future") {
    const container = bulkContainer(on, snapshot, execution, verb);
    const kind = kindWord(on.object, verb).replaceAll(" ", "_");
    return privilegesMeant(names, kind).map((privilege) => ({
      privilege,
      on: { kind, name: container.name },
      options: { [GRANT_FUTURE]: String(container.id) },
      object: undefined,
    }));
  }
  return grantTargets(on, snapshot, execution, verb).flatMap(({ object }) => {
    if (object !== undefined) {
      return privilegesMeant(names, privilegeKind(object)).map((name) => objectItem(name, object));
    }
    const account = { kind: "ACCOUNT", name: execution.session.account };
    return privilegesMeant(names, "ACCOUNT").map((privilege) => ({
      privilege,
      on: account,
      options: {},
      object: undefined,
    }));
  });
}

function roleItem(
  granted: Extract<Granted, { kind: "role" }>,
  snapshot: Snapshot,
  execution: Execution,
  verb: string,
): Item {
  const name = lastPart(granted.role, execution);
  if (granted.roleKind !== "ROLE" && granted.roleKind !== "DATABASE ROLE") {
    throw snowflakeError("unsupportedFeature", { feature: `${verb} ${granted.roleKind}` });
  }
  const role = granted.roleKind === "ROLE" ? snapshot.find("role", 0, name) : undefined;
  if (role === undefined) throw missing(granted.roleKind, name);
  return objectItem("USAGE", role);
}

function findGrant(snapshot: Snapshot, name: string): GrantObject | undefined {
  const found = snapshot.find("grant", 0, name);
  return found?.kind === "grant" ? found : undefined;
}

function grantChange(
  item: Item,
  to: To,
  withGrantOption: boolean,
  snapshot: Snapshot,
  { account, session }: Execution,
): CatalogChange {
  const name = grantName({ ...item, ...to });
  const existing = findGrant(snapshot, name);
  const now = account.now();
  const { privilege, on, options } = item;
  const object: GrantObject = {
    kind: "grant",
    id: existing?.id ?? account.catalog.nextId(),
    name,
    createdAt: existing?.createdAt ?? now,
    alteredAt: now,
    owner: "",
    comment: "",
    options,
    privilege,
    on,
    ...to,
    withGrantOption: withGrantOption || existing?.withGrantOption === true,
    grantedBy: session.role,
  };
  return { kind: "put", object };
}

/** OWNERSHIP passes to the one grantee; other grants on the object stay or go as the statement says. */
function ownershipChanges(
  object: CatalogObject,
  to: To,
  currentGrants: "copy" | "revoke" | undefined,
  snapshot: Snapshot,
): CatalogChange[] {
  const owned = object.kind === "pipe" ? transferredPipe(object, snapshot) : object;
  const changed: CatalogChange = { kind: "put", object: { ...owned, owner: to.grantee } };
  const others = snapshot
    .list("grant", 0)
    .filter((grant) => grant.options[GRANT_OBJECT] === String(object.id))
    .filter(() => object.kind !== "role");
  const gone = currentGrants === "revoke" ? others : [];
  return [changed, ...gone.map(({ id }): CatalogChange => ({ kind: "purge", id }))];
}

/** Docs: grant-ownership, "Usage notes". @throws 000002 for a pipe that is not paused */
function transferredPipe(pipe: PipeObject, snapshot: Snapshot): PipeObject {
  if (isPaused(pipe, snapshot)) return { ...pipe, transferred: true };
  const feature = "GRANT OWNERSHIP ON a PIPE that is not paused";
  throw snowflakeError("unsupportedFeature", { feature });
}

/**
 * @throws 002003 when an object, role or user does not exist
 */
export const grant: Handler<"grant"> = async (statement, execution) => {
  await execution.ddl(async (snapshot) => {
    const wanted = items(statement.granted, snapshot, execution, "GRANT");
    const changes = statement.to.flatMap((grantee) => {
      const to = receiver(grantee, snapshot, execution);
      return wanted.flatMap((item) => {
        if (item.privilege === OWNERSHIP && item.object !== undefined) {
          return ownershipChanges(item.object, to, statement.currentGrants, snapshot);
        }
        return [grantChange(item, to, statement.withGrantOption, snapshot, execution)];
      });
    });
    return { changes, result: undefined };
  });
  return executed();
};

/**
 * The grants that a grantee made by its grant option, which CASCADE revokes as well.
 * @throws 003933 with RESTRICT when there are some
 */
function regrantedChanges(
  revoked: GrantObject,
  behavior: "CASCADE" | "RESTRICT" | undefined,
  snapshot: Snapshot,
): readonly CatalogChange[] {
  if (behavior === undefined) return [];
  const found = new Set([revoked]);
  for (const grant of found) {
    if (grant.withGrantOption) for (const other of dependents(grant, snapshot)) found.add(other);
  }
  found.delete(revoked);
  if (behavior === "RESTRICT" && found.size > 0) {
    throw snowflakeError("grantHasDependents", { privilege: revoked.privilege });
  }
  return [...found].map(({ id }) => ({ kind: "purge", id }));
}

function dependents(grant: GrantObject, snapshot: Snapshot): readonly GrantObject[] {
  return snapshot
    .list("grant", 0)
    .filter((other) => other.kind === "grant")
    .filter(
      (other) =>
        other.grantedBy === grant.grantee &&
        other.privilege === grant.privilege &&
        other.options[GRANT_OBJECT] === grant.options[GRANT_OBJECT],
    );
}

/**
 * A privilege that was not granted is revoked without an error, as on Snowflake.
 * @throws 002003 when an object, role or user does not exist
 */
export const revoke: Handler<"revoke"> = async (statement, execution) => {
  await execution.ddl(async (snapshot) => {
    const wanted = items(statement.granted, snapshot, execution, "REVOKE");
    const changes = statement.from.flatMap((grantee) => {
      const to = receiver(grantee, snapshot, execution);
      return wanted.flatMap((item): CatalogChange[] => {
        const found = findGrant(snapshot, grantName({ ...item, ...to }));
        if (found === undefined) return [];
        const regranted = regrantedChanges(found, statement.behavior, snapshot);
        return statement.grantOptionFor
          ? [{ kind: "put", object: { ...found, withGrantOption: false } }, ...regranted]
          : [{ kind: "purge", id: found.id }, ...regranted];
      });
    });
    return { changes, result: undefined };
  });
  return executed();
};
