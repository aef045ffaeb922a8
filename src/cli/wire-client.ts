/**
 * A small client of the driver protocol: login, statements with polling and chunks, abort, close. It speaks to any
 * mockhaus over HTTP.
 */

import { randomUUID } from "node:crypto";
import { z } from "zod";
import { networkReason } from "./ready.ts";

export type WireColumn = {
  readonly name: string;
  /** The protocol's word: fixed, real, text, timestamp_ntz … */
  readonly type: string;
  readonly scale: number;
};

export type WireRow = readonly (string | null)[];

export type WireResult = {
  readonly queryId: string;
  readonly columns: readonly WireColumn[];
  /** Parameters of the session, by name: output formats and the time zone are among them. */
  readonly parameters: ReadonlyMap<string, unknown>;
  readonly total: number;
  readonly database: string | undefined;
  readonly schema: string | undefined;
  /** The rows in batches; later ones are fetched when they are asked for. */
  readonly batches: () => AsyncGenerator<readonly WireRow[]>;
};

/** An error that the server answered with, or that there is no server. */
export class WireError extends Error {
  override readonly name = "WireError";
  readonly code: string;
  readonly sqlState: string;

  constructor(code: string, sqlState: string, message: string) {
    super(message);
    this.code = code;
    this.sqlState = sqlState;
  }
}

export type WireLogin = {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly version: string;
  readonly database?: string | undefined;
  readonly schema?: string | undefined;
  readonly role?: string | undefined;
  readonly warehouse?: string | undefined;
};

const ENVELOPE = z.object({
  data: z.unknown(),
  code: z.string().nullish(),
  message: z.string().nullish(),
  success: z.boolean(),
});
const NAMES = z.object({
  databaseName: z.string().nullish(),
  schemaName: z.string().nullish(),
});
const LOGIN = z.object({ token: z.string(), sessionInfo: NAMES.nullish() });
const PROGRESS = z.object({ getResultUrl: z.string() });
const FAILURE = z.object({ sqlState: z.string().nullish() });
const ROWS = z.array(z.array(z.string().nullable()));
const RESULT = z.object({
  queryId: z.string(),
  rowtype: z.array(z.object({ name: z.string(), type: z.string(), scale: z.number().nullish() })),
  parameters: z.array(z.object({ name: z.string(), value: z.unknown() })),
  rowset: ROWS,
  total: z.number(),
  chunks: z.array(z.object({ url: z.string() })).nullish(),
  chunkHeaders: z.record(z.string(), z.string()).nullish(),
  finalDatabaseName: z.string().nullish(),
  finalSchemaName: z.string().nullish(),
});

const IN_PROGRESS = new Set(["333333", "333334"]);
const APPLICATION = "mockhaus";

type Envelope = z.infer<typeof ENVELOPE>;

export class WireClient {
  readonly #url: string;
  readonly #token: string;
  database: string | undefined;
  schema: string | undefined;

  private constructor(url: string, data: z.infer<typeof LOGIN>) {
    this.#url = url;
    this.#token = data.token;
    this.database = data.sessionInfo?.databaseName ?? undefined;
    this.schema = data.sessionInfo?.schemaName ?? undefined;
  }

  /** @throws WireError when nothing listens at the address, or the login is refused */
  static async login(login: WireLogin): Promise<WireClient> {
    const names = new URLSearchParams({ requestId: randomUUID() });
    if (login.database !== undefined) names.set("databaseName", login.database);
    if (login.schema !== undefined) names.set("schemaName", login.schema);
    if (login.role !== undefined) names.set("roleName", login.role);
    if (login.warehouse !== undefined) names.set("warehouse", login.warehouse);
    const answer = await ask(login.url, `/session/v1/login-request?${names}`, undefined, {
      data: {
        CLIENT_APP_ID: APPLICATION,
        CLIENT_APP_VERSION: login.version,
        ACCOUNT_NAME: APPLICATION,
        LOGIN_NAME: login.user,
        PASSWORD: login.password,
      },
    });
    return new WireClient(login.url, LOGIN.parse(dataOf(answer)));
  }

  /**
   * Runs one statement and waits for its end.
   * @param requestId what `abort` names it by
   * @throws WireError with the statement's error
   */
  async query(text: string, requestId: string = randomUUID()): Promise<WireResult> {
    const path = `/queries/v1/query-request?requestId=${requestId}`;
    let answer = await this.#ask(path, { sqlText: text, asyncExec: false });
    while (answer.success && IN_PROGRESS.has(answer.code ?? "")) {
      answer = await this.#ask(PROGRESS.parse(answer.data).getResultUrl, undefined);
    }
    const data = RESULT.parse(dataOf(answer));
    this.database = data.finalDatabaseName ?? undefined;
    this.schema = data.finalSchemaName ?? undefined;
    return {
      queryId: data.queryId,
      columns: data.rowtype.map(({ name, type, scale }) => ({
        name,
        type: type.toLowerCase(),
        scale: scale ?? 0,
      })),
      parameters: new Map(data.parameters.map(({ name, value }) => [name, value])),
      total: data.total,
      database: this.database,
      schema: this.schema,
      batches: () => batches(data),
    };
  }

  /** Asks the server to stop a statement; not an error when it has ended meanwhile. */
  async abort(requestId: string): Promise<void> {
    const path = `/queries/v1/abort-request?requestId=${randomUUID()}`;
    await this.#ask(path, { requestId });
  }

  async close(): Promise<void> {
    await this.#ask("/session?delete=true", {});
  }

  #ask(path: string, body: unknown): Promise<Envelope> {
    return ask(this.#url, path, this.#token, body);
  }
}

async function* batches(data: z.infer<typeof RESULT>): AsyncGenerator<readonly WireRow[]> {
  yield data.rowset;
  for (const { url } of data.chunks ?? []) {
    const response = await request(url, { headers: data.chunkHeaders ?? {} });
    if (!response.ok) throw new WireError("", "", `${url} answers ${response.status}`);
    // A chunk is rows without the brackets around them.
    yield ROWS.parse(JSON.parse(`[${await response.text()}]`));
  }
}

/** @param body undefined asks with GET */
async function ask(
  url: string,
  path: string,
  token: string | undefined,
  body: unknown,
): Promise<Envelope> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (token !== undefined) headers.authorization = `Snowflake Token="${token}"`;
  if (body !== undefined) headers["content-type"] = "application/json";
  const response = await request(`${url}${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const answer = ENVELOPE.safeParse(json(text));
  if (answer.success) return answer.data;
  throw new WireError("", "", `${url} is not a mockhaus: it answers ${response.status}`);
}

async function request(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    const { origin } = new URL(url);
    throw new WireError(
      "",
      "",
      `cannot reach ${origin}: ${networkReason(error)}; start one with \`mockhaus start\`, or name another with --url`,
    );
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function dataOf(answer: Envelope): unknown {
  if (answer.success) return answer.data;
  const failure = FAILURE.safeParse(answer.data);
  const sqlState = failure.success ? (failure.data.sqlState ?? "") : "";
  throw new WireError(answer.code ?? "", sqlState, answer.message ?? "the server gave no reason");
}
