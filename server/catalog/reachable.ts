/** Objects of schemas by id, as long as they can be named. */

import type { CatalogObject } from "./objects.ts";
import type { Snapshot } from "./snapshot.ts";

type Member = Extract<CatalogObject, { readonly schemaId: number }>;
type Kind = Member["kind"];

/** The object while neither it nor what holds it is dropped. */
export function reachable<Wanted extends Kind>(
  snapshot: Snapshot,
  id: number,
  kind: Wanted,
): Extract<CatalogObject, { readonly kind: Wanted }> | undefined {
  const object = snapshot.get(id);
  if (object === undefined || object.droppedAt !== undefined) return undefined;
  if (!isOfKind(object, kind)) return undefined;
  const schema = "schemaId" in object ? snapshot.get(object.schemaId) : undefined;
  if (schema?.kind !== "schema" || schema.droppedAt !== undefined) return undefined;
  return snapshot.get(schema.databaseId)?.droppedAt === undefined ? object : undefined;
}

/** All objects of a kind that can be named. */
export function allReachable<Wanted extends Kind>(
  snapshot: Snapshot,
  kind: Wanted,
): Extract<CatalogObject, { readonly kind: Wanted }>[] {
  return [...snapshot.all()].flatMap((object) =>
    object.kind === kind ? (reachable(snapshot, object.id, kind) ?? []) : [],
  );
}

function isOfKind<Wanted extends Kind>(
  object: CatalogObject,
  kind: Wanted,
): object is Extract<CatalogObject, { readonly kind: Wanted }> {
  return object.kind === kind;
}
