/** How long an answer waits for its statement. */

import type { StatementRun } from "../execute/account.ts";
import { SYNCHRONOUS_WAIT_MS } from "../limits.ts";

/** True when the run ended within the time that a driver should wait for. */
export async function settled(run: Pick<StatementRun, "done">): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const waiting = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), SYNCHRONOUS_WAIT_MS);
  });
  const ended = run.done.then(
    () => true,
    () => true,
  );
  try {
    return await Promise.race([ended, waiting]);
  } finally {
    clearTimeout(timer);
  }
}
