import { describe, expect, it } from "vitest";
import { type LockMode, Locks } from "./locks.ts";

function request(transaction: number, mode: LockMode, table = 1) {
  return {
    transaction,
    table,
    tableName: "T",
    mode,
    queryId: `q${transaction}`,
    timeoutSeconds: 60,
  };
}

/** Whether the wait is over, after all that is due has happened. */
async function isOver(waiting: Promise<void> | undefined): Promise<boolean> {
  let over = waiting === undefined;
  void waiting?.then(() => {
    over = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  return over;
}

describe("table locks", () => {
  it("are shared by inserts and served in order", async () => {
    const locks = new Locks();
    expect(locks.acquire(request(1, "share"))).toBeUndefined();
    expect(locks.acquire(request(2, "share"))).toBeUndefined();
    const update = locks.acquire(request(3, "exclusive"));
    const later = locks.acquire(request(4, "share"));
    expect(await isOver(later)).toBe(false);
    locks.release(1);
    expect(await isOver(update)).toBe(false);
    locks.release(2);
    expect(await isOver(update)).toBe(true);
    expect(await isOver(later)).toBe(false);
    locks.release(3);
    expect(await isOver(later)).toBe(true);
    locks.release(4);
    expect(locks.list()).toEqual([]);
  });

  it("become exclusive for their only holder, and never twice for one", async () => {
    const locks = new Locks();
    locks.acquire(request(1, "share"));
    expect(locks.acquire(request(1, "exclusive"))).toBeUndefined();
    expect(locks.acquire(request(1, "share"))).toBeUndefined();
    expect(locks.list()).toMatchObject([{ transaction: 1, mode: "exclusive", waiting: false }]);
  });

  it("upgrade past those who wait; two upgrades are a deadlock", async () => {
    const locks = new Locks();
    locks.acquire(request(1, "share"));
    locks.acquire(request(2, "share"));
    const upgrade = locks.acquire(request(1, "exclusive"));
    expect(() => locks.acquire(request(2, "exclusive"))).toThrow("deadlock");
    locks.release(2);
    expect(await isOver(upgrade)).toBe(true);
  });

  it("find a circle over three tables", () => {
    const locks = new Locks();
    for (const n of [1, 2, 3]) locks.acquire(request(n, "exclusive", n));
    void locks.acquire(request(1, "exclusive", 2));
    void locks.acquire(request(2, "exclusive", 3));
    expect(() => locks.acquire(request(3, "exclusive", 1))).toThrow("deadlock");
  });

  it("let those behind a canceled waiter in", async () => {
    const locks = new Locks();
    let cancel: () => void = () => undefined;
    locks.acquire(request(1, "share"));
    const update = locks.acquire(request(2, "exclusive"), (stop) => {
      cancel = stop;
    });
    const later = locks.acquire(request(3, "share"));
    cancel();
    await expect(update).rejects.toMatchObject({ code: "000604" });
    expect(await isOver(later)).toBe(true);
  });
});
