/** The catalog at one moment: immutable, replaced by every DDL. */

import { assert } from "../../translator/base/assert.ts";
import {
  type CatalogObject,
  type DatabaseObject,
  type NameSpace,
  nameSpace,
  parentId,
  type SchemaObject,
  uniqueName,
} from "./objects.ts";

/** An object to write, or the id of one to forget. */
export type CatalogChange =
  | { readonly kind: "put"; readonly object: CatalogObject }
  | { readonly kind: "purge"; readonly id: number };

type Names = ReadonlyMap<string, number>;

function spaceKey(space: NameSpace, parent: number, sessionId: string | undefined): string {
  return `${space}:${parent}:${sessionId ?? ""}`;
}

export class Snapshot {
  readonly version: number;
  readonly #objects: ReadonlyMap<number, CatalogObject>;
  /** Live objects by space, parent and owning session, then by name. */
  readonly #names: ReadonlyMap<string, Names>;

  constructor(
    version: number,
    objects: ReadonlyMap<number, CatalogObject>,
    names: ReadonlyMap<string, Names>,
  ) {
    this.version = version;
    this.#objects = objects;
    this.#names = names;
  }

  static readonly empty = new Snapshot(0, new Map(), new Map());

  /** A new snapshot with the changes; this one stays as it is. */
  with(changes: readonly CatalogChange[]): Snapshot {
    const objects = new Map(this.#objects);
    const names = new Map(this.#names);
    const copied = new Set<string>();
    const editable = (key: string): Map<string, number> => {
      const current = names.get(key);
      if (copied.has(key)) return current as Map<string, number>;
      const copy = new Map(current);
      names.set(key, copy);
      copied.add(key);
      return copy;
    };
    const unname = (object: CatalogObject) => {
      const list = editable(keyOf(object));
      const name = uniqueName(object);
      if (list.get(name) === object.id) list.delete(name);
    };
    // Old names go first, so that a swap of two names does not remove what it just wrote.
    for (const change of changes) {
      const id = change.kind === "put" ? change.object.id : change.id;
      const previous = objects.get(id);
      if (previous !== undefined && previous.droppedAt === undefined) unname(previous);
    }
    for (const change of changes) {
      if (change.kind === "purge") {
        objects.delete(change.id);
        continue;
      }
      objects.set(change.object.id, change.object);
      if (change.object.droppedAt !== undefined) continue;
      const list = editable(keyOf(change.object));
      const name = uniqueName(change.object);
      assert(!list.has(name), `two live objects named ${name}`);
      list.set(name, change.object.id);
    }
    return new Snapshot(this.version + 1, objects, names);
  }

  get(id: number): CatalogObject | undefined {
    return this.#objects.get(id);
  }

  /**
   * The live object of that name; temporary objects of the session hide permanent ones.
   * @param name of a routine: with its argument types, as `uniqueName` puts them
   */
  find(
    space: NameSpace,
    parent: number,
    name: string,
    sessionId?: string | undefined,
  ): CatalogObject | undefined {
    if (sessionId !== undefined) {
      const own = this.#names.get(spaceKey(space, parent, sessionId))?.get(name);
      if (own !== undefined) return this.#objects.get(own);
    }
    const id = this.#names.get(spaceKey(space, parent, undefined))?.get(name);
    return id === undefined ? undefined : this.#objects.get(id);
  }

  /** Live objects of a space in a container, ordered by name; the session's temporary ones included. */
  list(space: NameSpace, parent: number, sessionId?: string | undefined): CatalogObject[] {
    const byName = new Map<string, CatalogObject>();
    const collect = (names: Names | undefined) => {
      for (const [name, id] of names ?? []) {
        const object = this.#objects.get(id);
        if (object !== undefined) byName.set(name, object);
      }
    };
    collect(this.#names.get(spaceKey(space, parent, undefined)));
    if (sessionId !== undefined) collect(this.#names.get(spaceKey(space, parent, sessionId)));
    return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  }

  /** Every object, dropped ones included. */
  all(): IterableIterator<CatalogObject> {
    return this.#objects.values();
  }

  database(name: string): DatabaseObject | undefined {
    const found = this.find("database", 0, name);
    return found?.kind === "database" ? found : undefined;
  }

  schema(database: string, name: string): SchemaObject | undefined {
    const parent = this.database(database);
    const found = parent && this.find("schema", parent.id, name);
    return found?.kind === "schema" ? found : undefined;
  }

  /** Database and schema names that hold an object of that schema id. */
  qualify(schemaId: number): { readonly database: string; readonly schema: string } {
    const schema = this.#objects.get(schemaId);
    assert(schema?.kind === "schema", `no schema ${schemaId}`);
    const database = this.#objects.get(schema.databaseId);
    assert(database?.kind === "database", `no database of schema ${schemaId}`);
    return { database: database.name, schema: schema.name };
  }
}

function keyOf(object: CatalogObject): string {
  const sessionId = "sessionId" in object ? object.sessionId : undefined;
  return spaceKey(nameSpace(object.kind), parentId(object), sessionId);
}
