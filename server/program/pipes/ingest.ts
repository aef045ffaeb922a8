/**
 * Snowpipe: takes what pipes are sent, by a refresh, by a call, or by a file that arrives on a stage, and loads it in the
 * background, a pipe's files one after the other. https://docs.snowflake.com/en/user-guide/data-load-snowpipe-intro
 */

import { must } from "../../../translator/base/assert.ts";
import { livePipe, livePipes, type PipeObject } from "../../catalog/pipe-object.ts";
import type { CatalogChange } from "../../catalog/snapshot.ts";
import { loadPipeFiles, StalledPipe } from "../../execute/copy-pipe.ts";
import { fileKey } from "../../execute/copy-plan.ts";
import { asSnowflakeError } from "../../execute/errors.ts";
import type { AccountState } from "../../execute/execution.ts";
import { PIPE_BATCH_FILES } from "../../limits.ts";
import type { Session } from "../../session/session.ts";
import type { PipeQueue, QueuedFile, SentFile } from "../../stages/load/pipe-queue.ts";
import type { StoredFile } from "../../stages/stage-store.ts";
import type { ScheduleHost } from "../schedules/host.ts";
import { ingestLocation } from "./source.ts";
import { type PipeState, stateInCatalog } from "./state.ts";

/** Who loads for pipes. */
const PIPE_USER = "SYSTEM";

export class PipeIngest {
  readonly #queue: PipeQueue;
  readonly #now: () => number;
  /** What loads, by the pipe's id. */
  readonly #work = new Map<number, Promise<void>>();
  /** Pipes that have something new to load, or another state, since their work began. */
  readonly #again = new Set<number>();
  /** Why the last load of a pipe did not come to its end. */
  readonly #stalls = new Map<number, PipeState>();
  readonly #sessions = new Set<Session>();
  #account: { readonly state: AccountState; readonly host: ScheduleHost } | undefined;
  #closed = false;

  constructor(queue: PipeQueue, now: () => number) {
    this.#queue = queue;
    this.#now = now;
  }

  /** Begins to load what is queued, and what will arrive. */
  start(state: AccountState, host: ScheduleHost): void {
    this.#account = { state, host };
    state.catalog.onChange((changes) => this.#changed(changes));
    state.stages.onArrival((stage, file) => this.#arrived(stage, file));
    this.#wakeAll();
  }

  /**
   * Queues files for a pipe. When this has ended, they survive a crash; they are loaded as soon as the pipe runs.
   * @returns those that it has neither loaded nor queued already
   */
  async send(pipe: PipeObject, files: readonly SentFile[]): Promise<readonly QueuedFile[]> {
    const added = await this.#queue.add(pipe.id, files, this.#now());
    if (added.length > 0) this.#wake(pipe.id);
    return added;
  }

  /** What a pipe has yet to load, oldest first. */
  pending(pipe: PipeObject): readonly QueuedFile[] {
    return this.#queue.pending(pipe.id);
  }

  /** Whether a pipe runs, and what keeps it from it. */
  status(pipe: PipeObject): PipeState {
    const found = stateInCatalog(pipe, must(this.#account).state.catalog.snapshot);
    return found.state === "RUNNING" ? (this.#stalls.get(pipe.id) ?? found) : found;
  }

  /** Resolves when nothing loads any more. */
  async idle(): Promise<void> {
    while (this.#work.size > 0) await Promise.all(this.#work.values());
  }

  /** Stops what loads; the files stay in the queue. */
  async close(): Promise<void> {
    this.#closed = true;
    const { host } = must(this.#account);
    for (const session of this.#sessions) await host.close(session);
    await this.idle();
    await this.#queue.close();
  }

  #changed(changes: readonly CatalogChange[]): void {
    for (const change of changes) {
      if (change.kind !== "purge") continue;
      this.#stalls.delete(change.id);
      if (this.#queue.pending(change.id).length > 0) this.#track(this.#queue.forget(change.id));
    }
    this.#wakeAll();
  }

  /** A file that arrives on a stage goes to the pipes with AUTO_INGEST that read there. */
  async #arrived(stage: string, { path, size }: StoredFile): Promise<void> {
    const { state, host } = must(this.#account);
    const { snapshot } = state.catalog;
    for (const pipe of livePipes(snapshot).filter(({ autoIngest }) => autoIngest)) {
      try {
        const location = ingestLocation(pipe, snapshot, stage, path);
        if (location === undefined) continue;
        const key = fileKey(location, { path });
        await this.send(pipe, [{ path, size, key }]);
      } catch (error) {
        host.failed(error);
      }
    }
  }

  #wakeAll(): void {
    for (const pipe of this.#queue.pipes()) this.#wake(pipe);
  }

  #wake(pipeId: number): void {
    if (this.#closed) return;
    if (this.#work.has(pipeId)) {
      this.#again.add(pipeId);
      return;
    }
    const work = this.#drain(pipeId)
      .catch((error: unknown) => this.#account?.host.failed(error))
      .finally(() => {
        this.#work.delete(pipeId);
        if (this.#again.delete(pipeId)) this.#wake(pipeId);
      });
    this.#work.set(pipeId, work);
  }

  /** A failure that nobody waits for. */
  #track(work: Promise<void>): void {
    work.catch((error: unknown) => this.#account?.host.failed(error));
  }

  async #drain(pipeId: number): Promise<void> {
    const { state } = must(this.#account);
    for (;;) {
      const pipe = livePipe(state.catalog.snapshot, pipeId);
      const files = this.#queue.pending(pipeId).slice(0, PIPE_BATCH_FILES);
      if (pipe === undefined || files.length === 0 || !this.#runs(pipeId)) return;
      if (!(await this.#load(pipe, files))) return;
    }
  }

  #runs(pipeId: number): boolean {
    const { snapshot } = must(this.#account).state.catalog;
    const pipe = livePipe(snapshot, pipeId);
    if (this.#closed || pipe === undefined) return false;
    return stateInCatalog(pipe, snapshot).state === "RUNNING";
  }

  /** @returns whether to go on */
  async #load(pipe: PipeObject, files: readonly QueuedFile[]): Promise<boolean> {
    const { state, host } = must(this.#account);
    const session = await this.#openSession(pipe);
    this.#sessions.add(session);
    try {
      const isRunning = () => this.#runs(pipe.id);
      await state.control.enqueue(session, () =>
        loadPipeFiles(pipe, files, this.#queue, session, isRunning, state),
      );
      this.#stalls.delete(pipe.id);
      return true;
    } catch (error) {
      if (session.closed) return false;
      const isCompilation = error instanceof StalledPipe;
      this.#stalls.set(pipe.id, {
        state: isCompilation ? "STALLED_COMPILATION_ERROR" : "STALLED_INTERNAL_ERROR",
        error: asSnowflakeError(isCompilation ? error.cause : error),
        failedAt: this.#now(),
        isFault: !isCompilation,
      });
      if (!isCompilation) host.failed(error);
      return false;
    } finally {
      this.#sessions.delete(session);
      await host.close(session).catch(host.failed);
    }
  }

  #openSession({ account, schemaId, owner }: PipeObject): Promise<Session> {
    const { state, host } = must(this.#account);
    const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
    const { database, schema } = state.catalog.snapshot.qualify(schemaId);
    return host.open({
      user: PIPE_USER,
      account,
      client: { application: "PIPE", version: "", environment: {} },
      database: quoted(database),
      schema: quoted(schema),
      role: quoted(owner),
    });
  }
}
