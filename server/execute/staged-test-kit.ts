/** A session of a fresh account with files on its user's stage, for tests of reading staged files. */

import { Readable } from "node:stream";
import { openAccount } from "./account.ts";
import { type TestRow, type TestSession, testSession } from "./show/test-kit.ts";

export type StagedTestSession = TestSession & {
  /** Puts a file on the user's stage `@~`. */
  readonly put: (path: string, content: string | Buffer) => Promise<void>;
  readonly texts: (sql: string) => Promise<string[]>;
};

export async function openStagedSession(): Promise<StagedTestSession> {
  const account = await openAccount();
  const session = await testSession(account);
  return {
    ...session,
    put: async (path, content) => {
      await account.state.stages.write("user:TESTER", path, Readable.from([Buffer.from(content)]));
    },
    texts: async (sql) => (await session.rows(sql)).map(lineOf),
  };
}

function lineOf(row: TestRow): string {
  return Object.values(row).map(String).join("|");
}
