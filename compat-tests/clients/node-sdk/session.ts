/** snowflake-sdk with promises, as its users wrap it. */

import snowflake from "snowflake-sdk";

snowflake.configure({ logLevel: "OFF" });

export type Options = Partial<Omit<snowflake.StatementOption, "sqlText" | "complete">>;
export type Row = Record<string, unknown>;
export type Outcome = {
  readonly rows: Row[];
  readonly statement: snowflake.RowStatement;
};
export type Statement = snowflake.RowStatement;
export type Connection = snowflake.Connection;

export async function connect(
  url: string,
  options: Partial<snowflake.ConnectionOptions> = {},
): Promise<Connection> {
  const connection = snowflake.createConnection({
    accessUrl: url,
    account: "mockhaus",
    username: "anybody",
    password: "anything",
    ...options,
  });
  await new Promise<void>((resolve, reject) => {
    connection.connect((error) => (error ? reject(error) : resolve()));
  });
  return connection;
}

/** Runs a statement and waits for its rows. */
export function run(
  connection: Connection,
  sqlText: string,
  options: Options = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    connection.execute({
      sqlText,
      ...options,
      complete: (error, statement, rows) => {
        if (error) reject(error);
        else resolve({ rows: (rows ?? []) as Row[], statement });
      },
    });
  });
}

/** The rows as arrays of values, in the order of the columns. */
export async function values(
  connection: Connection,
  sqlText: string,
  options: Options = {},
): Promise<unknown[][]> {
  const { rows } = await run(connection, sqlText, { ...options, rowMode: "array" });
  return rows as unknown as unknown[][];
}

/** The only value of the only row. */
export async function value(
  connection: Connection,
  sqlText: string,
  options: Options = {},
): Promise<unknown> {
  const rows = await values(connection, sqlText, options);
  return rows[0]?.[0];
}

export type Failure = { code: string; sqlState: string; message: string };

/** The error of a statement that must fail. */
export async function failure(
  connection: Connection,
  sqlText: string,
  options: Options = {},
): Promise<Failure> {
  try {
    await run(connection, sqlText, options);
  } catch (error) {
    const { code, sqlState, message } = error as Failure;
    return { code, sqlState, message };
  }
  throw new Error(`did not fail: ${sqlText}`);
}

export function close(connection: Connection): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.destroy((error) => (error ? reject(error) : resolve()));
  });
}
