/**
 * Table locks, held by transactions until they end. INSERT and COPY share a table; UPDATE, DELETE, MERGE and TRUNCATE have it
 * alone (docs: transactions, "Resource locking"). Waiters are served in order. A statement whose waiting would close a circle
 * is aborted, and its transaction stays active (the same page, "Deadlocks").
 */

import { must } from "../../translator/base/assert.ts";
import { snowflakeError } from "../../translator/base/errors.ts";

export type LockMode = "share" | "exclusive";

export type LockRequest = {
  /** The transaction that holds it. */
  readonly transaction: number;
  /** The table's catalog id. */
  readonly table: number;
  /** For messages. */
  readonly tableName: string;
  readonly mode: LockMode;
  readonly queryId: string;
  /** LOCK_TIMEOUT; 0 does not wait at all. */
  readonly timeoutSeconds: number;
};

export type HeldLock = {
  readonly transaction: number;
  readonly table: number;
  readonly tableName: string;
  readonly mode: LockMode;
  readonly queryId: string;
  readonly acquiredAt: number;
  readonly waiting: boolean;
};

type Waiter = { readonly request: LockRequest; grant(): void; fail(error: Error): void };
type Holder = { request: LockRequest; mode: LockMode; acquiredAt: number };
type TableLock = { readonly holders: Map<number, Holder>; readonly queue: Waiter[] };

export class Locks {
  readonly #tables = new Map<number, TableLock>();

  /**
   * Takes the lock, or waits for it. A share held by the same transaction becomes exclusive when asked for.
   * @param onWait gets a function that gives up waiting (a cancel)
   * @throws 000625 after the timeout or in a deadlock, 000604 when canceled
   */
  acquire(
    request: LockRequest,
    onWait: (cancel: () => void) => void = () => undefined,
  ): Promise<void> | undefined {
    const lock = this.#lock(request.table);
    if (this.#grantable(lock, request, lock.queue.length)) {
      this.#hold(lock, request);
      return undefined;
    }
    const blocker = this.#blockers(lock, request, lock.queue.length)[0] ?? request;
    if (request.timeoutSeconds === 0) throw timeoutError(blocker, request);
    if (this.#closesCircle(request)) throw deadlockError(blocker, request);
    return this.#wait(lock, request, onWait);
  }

  /** Releases all locks of a transaction and lets waiters in. */
  release(transaction: number): void {
    for (const [table, lock] of this.#tables) {
      if (!lock.holders.delete(transaction)) continue;
      this.#serve(lock);
      this.#forget(table, lock);
    }
  }

  /** What SHOW LOCKS lists. */
  list(): readonly HeldLock[] {
    const all: HeldLock[] = [];
    for (const lock of this.#tables.values()) {
      for (const { request, mode, acquiredAt } of lock.holders.values()) {
        all.push({ ...request, mode, acquiredAt, waiting: false });
      }
      for (const { request } of lock.queue) all.push({ ...request, acquiredAt: 0, waiting: true });
    }
    return all;
  }

  #wait(
    lock: TableLock,
    request: LockRequest,
    onWait: (cancel: () => void) => void,
  ): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      const settle = (finish: () => void) => {
        clearTimeout(timer);
        const place = lock.queue.indexOf(waiter);
        if (place >= 0) lock.queue.splice(place, 1);
        finish();
        // Those behind may have waited only for this one.
        this.#serve(lock);
        this.#forget(request.table, lock);
      };
      const waiter: Waiter = {
        request,
        grant: () => settle(resolve),
        fail: (error) => settle(() => reject(error)),
      };
      lock.queue.push(waiter);
      timer = setTimeout(
        () => {
          const place = lock.queue.indexOf(waiter);
          const blocker = this.#blockers(lock, request, place)[0] ?? request;
          waiter.fail(timeoutError(blocker, request));
        },
        Math.min(request.timeoutSeconds * 1000, MAX_TIMER_MS),
      );
      timer.unref();
      onWait(() => waiter.fail(snowflakeError("canceled")));
    });
  }

  #lock(table: number): TableLock {
    const known = this.#tables.get(table);
    if (known !== undefined) return known;
    const lock: TableLock = { holders: new Map(), queue: [] };
    this.#tables.set(table, lock);
    return lock;
  }

  #forget(table: number, lock: TableLock): void {
    if (lock.holders.size === 0 && lock.queue.length === 0) this.#tables.delete(table);
  }

  #hold(lock: TableLock, request: LockRequest): void {
    const held = lock.holders.get(request.transaction);
    const mode = held?.mode === "exclusive" ? "exclusive" : request.mode;
    const acquiredAt = held?.acquiredAt ?? Date.now();
    lock.holders.set(request.transaction, { request, mode, acquiredAt });
  }

  #serve(lock: TableLock): void {
    for (let place = 0; place < lock.queue.length; place++) {
      const waiter = must(lock.queue[place]);
      if (!this.#grantable(lock, waiter.request, place)) continue;
      lock.queue.splice(place, 1);
      this.#hold(lock, waiter.request);
      waiter.grant();
      return;
    }
  }

  #grantable(lock: TableLock, request: LockRequest, place: number): boolean {
    return this.#blockers(lock, request, place).length === 0;
  }

  /** Whom a request at that place of the queue waits for: holders, and those before it. */
  #blockers(lock: TableLock, request: LockRequest, place: number): LockRequest[] {
    const own = lock.holders.get(request.transaction);
    if (own?.mode === "exclusive" || own?.mode === request.mode) return [];
    const blockers: LockRequest[] = [];
    for (const [transaction, holder] of lock.holders) {
      if (transaction === request.transaction) continue;
      if (request.mode === "exclusive" || holder.mode === "exclusive")
        blockers.push(holder.request);
    }
    // An upgrade does not queue behind newcomers, who could not get past this transaction's share anyway.
    if (own !== undefined) return blockers;
    for (const { request: earlier } of lock.queue.slice(0, place)) {
      if (request.mode === "exclusive" || earlier.mode === "exclusive") blockers.push(earlier);
    }
    return blockers;
  }

  #closesCircle(request: LockRequest): boolean {
    const seen = new Set<number>();
    const pending = [request];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const lock = this.#lock(next.table);
      const place = lock.queue.findIndex((waiter) => waiter.request === next);
      for (const blocker of this.#blockers(lock, next, place < 0 ? lock.queue.length : place)) {
        if (blocker.transaction === request.transaction) return true;
        if (seen.has(blocker.transaction)) continue;
        seen.add(blocker.transaction);
        const waiting = this.#waitingRequest(blocker.transaction);
        if (waiting !== undefined) pending.push(waiting);
      }
    }
    return false;
  }

  #waitingRequest(transaction: number): LockRequest | undefined {
    for (const lock of this.#tables.values()) {
      const waiter = lock.queue.find(({ request }) => request.transaction === transaction);
      if (waiter !== undefined) return waiter.request;
    }
    return undefined;
  }
}

/** The longest delay that a timer takes, about 24 days. */
const MAX_TIMER_MS = 2 ** 31 - 1;

function timeoutError(blocker: LockRequest, request: LockRequest): Error {
  return snowflakeError("lockTimeout", {
    queryId: blocker.queryId,
    table: request.tableName,
    transaction: blocker.transaction,
    waiting: request.queryId,
    seconds: request.timeoutSeconds,
  });
}

function deadlockError(blocker: LockRequest, request: LockRequest): Error {
  return snowflakeError("deadlock", {
    queryId: blocker.queryId,
    table: request.tableName,
    transaction: blocker.transaction,
    waiting: request.queryId,
  });
}
