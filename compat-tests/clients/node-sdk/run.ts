/** snowflake-sdk against mockhaus. */

import { Checks } from "../kit/checks.ts";
import { startExpiringProxy } from "../kit/expiring-proxy.ts";
import { CLIENT_ENVIRONMENT } from "../kit/process.ts";
import { startServer } from "../kit/server.ts";
import { checkBinds } from "./binds.ts";
import { checkConnecting } from "./connecting.ts";
import { checkDisplays } from "./displays.ts";
import { checkErrors } from "./errors.ts";
import { checkResults } from "./results.ts";
import { close, connect, run } from "./session.ts";
import { checkSessions } from "./sessions.ts";
import { checkStages } from "./stages.ts";
import { checkStatements } from "./statements.ts";
import { checkStopping } from "./stopping.ts";
import { checkStreams } from "./streams.ts";
import { checkTypes } from "./types.ts";

Object.assign(process.env, CLIENT_ENVIRONMENT);
const server = await startServer();
const proxy = await startExpiringProxy(server.url);
const checks = new Checks();
try {
  const connection = await connect(server.url);
  await run(connection, "create or replace database node_sdk");
  await checkConnecting(checks, server.url);
  await checkTypes(checks, connection);
  await checkBinds(checks, connection, server.url);
  await checkStatements(checks, connection, server.url);
  await checkErrors(checks, connection);
  await checkResults(checks, connection);
  await checkDisplays(checks, connection);
  await checkStreams(checks, server.url);
  await checkStopping(checks, server.url);
  await checkStages(checks, connection);
  await checkSessions(checks, server.url, proxy);
  await run(connection, "drop database node_sdk");
  await checks.check("destroy ends the session", async () => {
    await close(connection);
    if (connection.isUp()) throw new Error("the connection is still up");
  });
} catch (error) {
  await checks.check("the test itself", () => {
    throw error;
  });
} finally {
  await proxy.close();
  await server.stop();
}
checks.finish();
