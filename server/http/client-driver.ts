/** Which driver speaks, below the library that names itself at login. */

import type { ClientInfo } from "../session/session.ts";

export type ClientDriver = NonNullable<ClientInfo["driver"]>;

const PYTHON = "PythonConnector";
/** Up to version 4 the Python connector keeps its own User-Agent under any library. */
const CLASSIC_PYTHON = /^PythonConnector\/([0-9][^\s]*)/;
/** From version 5 on it puts the library's name in its place; the interpreter stays at the end. */
const ANY_PYTHON = /\) (?:CPython|PyPy)\/\S+$/;
const FIRST_RENAMED_VERSION = "5";

/**
 * SQLAlchemy, Snowpark and others pass their own name and version as CLIENT_APP_ID, but what a result has to look like
 * is for the driver under them to say, and its name is in the User-Agent.
 *
 * @param application CLIENT_APP_ID
 * @param version CLIENT_APP_VERSION
 */
export function clientDriver(
  application: string,
  version: string,
  userAgent: string | undefined,
): ClientDriver {
  if (application === PYTHON || userAgent === undefined) return { name: application, version };
  const classic = CLASSIC_PYTHON.exec(userAgent)?.[1];
  if (classic !== undefined) return { name: PYTHON, version: classic };
  if (ANY_PYTHON.test(userAgent)) return { name: PYTHON, version: FIRST_RENAMED_VERSION };
  return { name: application, version };
}

/** The driver of a session. */
export function driverOf({ driver, application, version }: ClientInfo): ClientDriver {
  return driver ?? { name: application, version };
}
