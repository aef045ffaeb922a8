/** A driver reduced to what costs time: one keep-alive connection, JSON in and out. */

import { Agent, request } from "node:http";

export type Answer = {
  readonly success: boolean;
  readonly message: string | null;
  readonly data: Readonly<Record<string, unknown>>;
};

export class BenchClient {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #url: URL;
  #token = "";

  constructor(url: string) {
    this.#url = new URL(url);
  }

  async login(application: string, version: string): Promise<void> {
    const data = { CLIENT_APP_ID: application, CLIENT_APP_VERSION: version, LOGIN_NAME: "bench" };
    const answer = await this.#post("/session/v1/login-request", { data });
    this.#token = String((JSON.parse(answer) as Answer).data.token);
  }

  /** The answer's text: parsing it is the client's own cost. */
  text(sqlText: string): Promise<string> {
    const id = crypto.randomUUID();
    return this.#post(`/queries/v1/query-request?requestId=${id}`, { sqlText });
  }

  async run(sqlText: string): Promise<Answer> {
    const answer = JSON.parse(await this.text(sqlText)) as Answer;
    if (!answer.success) throw new Error(String(answer.message));
    return answer;
  }

  /** Bytes of a chunk. */
  get(url: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const call = request(url, { agent: this.#agent }, (response) => {
        let bytes = 0;
        response.on("data", (chunk: Buffer) => {
          bytes += chunk.length;
        });
        response.on("end", () => resolve(bytes));
      });
      call.on("error", reject);
      call.end();
    });
  }

  close(): void {
    this.#agent.destroy();
  }

  #post(path: string, body: unknown): Promise<string> {
    const text = JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const call = request(
        {
          host: this.#url.hostname,
          port: this.#url.port,
          path,
          method: "POST",
          agent: this.#agent,
          headers: {
            "content-type": "application/json",
            "content-length": Buffer.byteLength(text),
            authorization: `Snowflake Token="${this.#token}"`,
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
        },
      );
      call.on("error", reject);
      call.end(text);
    });
  }
}
