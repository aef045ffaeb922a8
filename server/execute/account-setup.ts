/** What a fresh account has, and what is cleared away when one is opened again. */

import type { Catalog } from "../catalog/catalog.ts";
import type { CatalogObject } from "../catalog/objects.ts";
import { PipeIngest } from "../program/pipes/ingest.ts";
import { LOAD_HISTORY_SETUP } from "../stages/load/load-history.ts";
import { PipeQueue } from "../stages/load/pipe-queue.ts";
import { StageStore } from "../stages/stage-store.ts";
import { stageKey } from "../stages/staged-files.ts";
import type { DuckDatabase } from "../storage/database.ts";
import type { AccountState } from "./execution.ts";
import { isTemporary, purgeTemporary } from "./session-objects.ts";
import { systemEdit } from "./system-edit.ts";
import { systemRoles } from "./system-roles.ts";

const WAREHOUSE = "COMPUTE_WH";
const AUTO_SUSPEND_SECONDS = 600;

/** Reads the catalog of the database. */
export async function loadCatalog(catalog: Catalog, database: DuckDatabase): Promise<void> {
  const connection = await database.connect();
  try {
    await catalog.load(connection);
    await connection.run(LOAD_HISTORY_SETUP);
  } finally {
    await connection.close();
  }
}

/** Opens the files of the stages that the catalog has. */
export async function openStages(
  catalog: Catalog,
  database: DuckDatabase,
  now: () => number,
  localFiles: string | undefined,
): Promise<StageStore> {
  const objects = [...catalog.snapshot.all()].filter((object) => !isTemporary(object));
  const known = new Set(objects.flatMap((object) => stageKey(object) ?? []));
  return StageStore.open({
    index: await database.connect(),
    directory: database.directory,
    isKnown: (stage) => stage.startsWith("user:") || known.has(stage),
    now,
    localFiles,
  });
}

/** Opens what the pipes of the catalog have yet to load. */
export async function openPipes(
  { snapshot }: Catalog,
  database: DuckDatabase,
  now: () => number,
): Promise<PipeIngest> {
  const isKnown = (id: number) => snapshot.get(id)?.kind === "pipe";
  return new PipeIngest(await PipeQueue.open(await database.connect(), isKnown), now);
}

/** Makes the system roles and a warehouse the first time. */
export async function setUpAccount(state: AccountState): Promise<void> {
  if (state.catalog.snapshot.find("role", 0, "ACCOUNTADMIN") === undefined) {
    const objects = systemObjects(state);
    await systemEdit(state, () => ({
      changes: objects.map((object) => ({ kind: "put", object })),
    }));
  }
  await purgeTemporary(state, undefined);
}

function systemObjects({ catalog, now }: AccountState): CatalogObject[] {
  const common = (name: string) => ({
    id: catalog.nextId(),
    name,
    createdAt: now(),
    alteredAt: now(),
    owner: "",
    comment: "",
    options: {},
  });
  const warehouse: CatalogObject = {
    ...common(WAREHOUSE),
    owner: "ACCOUNTADMIN",
    kind: "warehouse",
    size: "X-Small",
    state: "STARTED",
    autoSuspend: AUTO_SUSPEND_SECONDS,
    autoResume: true,
  };
  return [...systemRoles(() => catalog.nextId(), now()), warehouse];
}
