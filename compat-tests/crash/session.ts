/** A bare driver session: nothing is retried, so that an answer means what it says. */

import { randomUUID } from "node:crypto";

type Envelope = {
  readonly success: boolean;
  readonly code: string | null;
  readonly message: string | null;
  readonly data: Readonly<Record<string, unknown>> | null;
};

/** The server said no. A connection that broke is another error. */
export class StatementError extends Error {
  override readonly name = "StatementError";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export type Done = {
  readonly queryId: string;
  readonly rows: readonly (readonly (string | null)[])[];
};

export class CrashSession {
  readonly #url: string;
  readonly #token: string;

  private constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  static async open(url: string): Promise<CrashSession> {
    const body = { data: { LOGIN_NAME: "crash" } };
    const data = await post(`${url}/session/v1/login-request`, body, undefined);
    return new CrashSession(url, String(data.token));
  }

  async run(sqlText: string): Promise<Done> {
    const url = `${this.#url}/queries/v1/query-request?requestId=${randomUUID()}`;
    const data = await post(url, { sqlText }, this.#token);
    return { queryId: String(data.queryId), rows: data.rowset as Done["rows"] };
  }

  /** The only cell of a result, as a number. */
  async number(sqlText: string): Promise<number> {
    const { rows } = await this.run(sqlText);
    return Number(rows[0]?.[0]);
  }
}

async function post(
  url: string,
  body: unknown,
  token: string | undefined,
): Promise<Readonly<Record<string, unknown>>> {
  const headers = new Headers({ "content-type": "application/json" });
  if (token !== undefined) headers.set("authorization", `Snowflake Token="${token}"`);
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  const answer = (await response.json()) as Envelope;
  if (!answer.success || answer.data === null) {
    throw new StatementError(answer.code ?? "", answer.message ?? "no message");
  }
  return answer.data;
}
