/** Chunks of large results (wire.md 2.5): the list in the answer, and the downloads. */

import { promisify } from "node:util";
import { constants, gzip } from "node:zlib";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { StatementRun } from "../execute/account.ts";
import type { AccountState } from "../execute/execution.ts";
import { jsonPart } from "../results/json-export.ts";
import type { StoredResult } from "../results/stored.ts";
import { textField } from "./body.ts";
import type { ResultFormat } from "./result-format.ts";

/** Chunks travel within a machine or a network nearby: time matters more than the last bytes. */
const GZIP_LEVEL = constants.Z_BEST_SPEED;
/** What gzip makes of rows at that level, about; drivers take the size for a hint. */
const COMPRESSION = 4;

const compress = promisify(gzip);

/** What chunks need of an account. */
export type ChunkSource = { readonly state: Pick<AccountState, "results" | "database"> };

export type ChunkList = {
  readonly chunks?: readonly {
    readonly url: string;
    readonly rowCount: number;
    readonly uncompressedSize: number;
    readonly compressedSize: number;
  }[];
  readonly chunkHeaders?: Readonly<Record<string, string>>;
};

/** The members of the response's data that name the chunks; none when all rows are inline. */
export function chunkList(
  account: ChunkSource,
  run: Pick<StatementRun, "origin">,
  result: StoredResult,
  format: ResultFormat,
): ChunkList {
  const { exported, queryId } = result;
  const token = account.state.results.token(queryId);
  if (exported === undefined || token === undefined) return {};
  const chunks = exported.parts.map(({ rowCount }, index) => {
    const uncompressedSize = rowCount * exported.rowBytes;
    return {
      url: `${run.origin}/chunks/${token}/${queryId}/${index}?format=${format}`,
      rowCount,
      uncompressedSize,
      compressedSize: Math.ceil(uncompressedSize / COMPRESSION),
    };
  });
  return { chunks, chunkHeaders: {} };
}

/** GET /chunks/{token}/{queryId}/{index}?format=json|arrow. The token in the URL is what authorizes. */
export async function chunkBody(
  account: ChunkSource,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Buffer | string> {
  const queryId = textField(request.params, "queryId") ?? "";
  const token = textField(request.params, "token") ?? "";
  const index = Number(textField(request.params, "index"));
  const format = textField(request.query, "format") === "arrow" ? "arrow" : "json";
  const body = await account.state.results.use(queryId, token, (result) =>
    chunkBytes(account, result, index, format),
  );
  if (body === undefined) {
    reply.status(404).header("content-type", "text/plain; charset=utf-8");
    return "there is no such chunk; the result may be too old";
  }
  reply.header("content-encoding", "gzip");
  reply.header(
    "content-type",
    // Rows without brackets around them are no JSON document: the Node driver would parse what is called one.
    format === "arrow" ? "application/vnd.apache.arrow.stream" : "application/octet-stream",
  );
  return compress(body, { level: GZIP_LEVEL });
}

async function chunkBytes(
  account: ChunkSource,
  result: StoredResult,
  index: number,
  format: ResultFormat,
): Promise<Uint8Array | undefined> {
  const { exported, columns } = result;
  const part = exported?.parts[index];
  if (exported === undefined || part === undefined) return undefined;
  if (format === "arrow")
    return (await import("../results/arrow-export.ts")).arrowPart(columns, exported, part);
  // A connection of its own: the session may be busy with its next statement, or gone.
  const connection = await account.state.database.connect();
  try {
    return await jsonPart(connection, columns, exported, part);
  } finally {
    await connection.close();
  }
}
