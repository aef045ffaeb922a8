/** The translation of all recorded queries, each in the state that the statements before it made. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSlt } from "../compat-tests/runner/slt.ts";
import { type Account, openAccount } from "../server/execute/account.ts";
import type { Session } from "../server/session/session.ts";
import { type Figures, figures } from "./measure.ts";
import { contextOf, translatedQuery, translateFigures } from "./translation.ts";

const RUNS = 10;

export type RecordedFigures = {
  readonly queries: number;
  /** Of the medians of the queries. */
  readonly all: Figures;
  readonly cached: Figures;
};

/** Undefined where the recorded cases are not there. */
export async function recordedFigures(folder: string): Promise<RecordedFigures | undefined> {
  if (!existsSync(folder)) return undefined;
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".slt"))
    .sort();
  const account = await openAccount();
  const found = { all: [] as number[], cached: [] as number[] };
  for (const [index, name] of files.entries()) {
    const session = await account.login({
      user: "bench",
      account: "bench",
      client: { application: "bench", version: "1", environment: {} },
    });
    await account.submit(session, { text: `CREATE DATABASE recorded_${index}` }).done;
    await measureFile(readFileSync(join(folder, name), "utf8"), account, session, found);
  }
  await account.close();
  const { all, cached } = found;
  return { queries: all.length, all: figures(all), cached: figures(cached) };
}

async function measureFile(
  text: string,
  account: Account,
  session: Session,
  found: { readonly all: number[]; readonly cached: number[] },
): Promise<void> {
  for (const { kind, sql } of parseSlt(text)) {
    if (kind === "query" && translatedQuery(sql, contextOf(account, session)) !== undefined) {
      const { all, cached } = await translateFigures(sql, account, session, RUNS);
      found.all.push(all.median);
      found.cached.push(cached.median);
    }
    // A case that fails here is the conformance report's business.
    await account.submit(session, { text: sql }).done.catch(() => undefined);
  }
}
