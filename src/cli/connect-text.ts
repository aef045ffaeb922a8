/** What `mockhaus start` prints under its ready line: blocks to copy. */

const EVERY_ADDRESS = new Set(["0.0.0.0", "::"]);

/**
 * Connect blocks for Node and Python.
 * @param data the data directory, undefined when in memory
 */
export function connectText(host: string, port: number, data: string | undefined): string {
  const reachable = EVERY_ADDRESS.has(host) ? "127.0.0.1" : host;
  const inUrl = reachable.includes(":") ? `[${reachable}]` : reachable;
  const kept =
    data === undefined
      ? "Data is in memory and goes with this process; --data <directory> keeps it."
      : `Data is kept in ${data}.`;
  return `Node (npm install snowflake-sdk)

  import snowflake from "snowflake-sdk";
  const connection = snowflake.createConnection({
    accessUrl: "http://${inUrl}:${port}",
    account: "mockhaus",
    username: "me",
    password: "any",
  });

Python (pip install snowflake-connector-python)

  import snowflake.connector
  connection = snowflake.connector.connect(
      host="${reachable}", port=${port}, protocol="http",
      account="mockhaus", user="me", password="any",
  )

Any user and password are right. ${kept}
Nothing is sent to anybody: no telemetry, no downloads.
`;
}
