import { describe, expect, it } from "vitest";
import { Catalog, type CatalogStore } from "./catalog.ts";
import type { CatalogObject } from "./objects.ts";

const store: CatalogStore = { run: async () => 0, rows: async () => [] };

const role: CatalogObject = {
  kind: "role",
  id: 1,
  name: "R",
  createdAt: 0,
  alteredAt: 0,
  owner: "",
  comment: "",
  droppedAt: undefined,
  options: {},
};

const put = async () => ({ changes: [{ kind: "put" as const, object: role }], result: "done" });

describe("publication of a catalog change", () => {
  it("is waited for from when the work is done until the snapshot shows the change", async () => {
    const catalog = new Catalog();
    let commit = (): void => undefined;
    const committed = new Promise<void>((resolve) => {
      commit = resolve;
    });
    const edit = catalog.edit(async (work, _changes, publish) => {
      await work(store);
      await committed;
      publish();
      expect(catalog.snapshot.get(1)).toEqual(role);
    }, put);
    await new Promise(setImmediate);
    let waited = false;
    const waiting = catalog.published().then(() => {
      waited = true;
      return catalog.snapshot.get(1);
    });
    await new Promise(setImmediate);
    expect(waited).toBe(false);
    commit();
    expect(await waiting).toEqual(role);
    expect(await edit).toBe("done");
  });

  it("ends with the failure of the commit, and changes nothing", async () => {
    const catalog = new Catalog();
    const edit = catalog.edit(async (work) => {
      await work(store);
      throw new Error("the commit failed");
    }, put);
    await expect(edit).rejects.toThrow("the commit failed");
    await catalog.published();
    expect(catalog.snapshot.get(1)).toBeUndefined();
  });

  it("is not waited for when nothing is being published", async () => {
    await new Catalog().published();
  });
});
