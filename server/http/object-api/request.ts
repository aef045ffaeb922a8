/** A request on an object, and the statements that it becomes. */

import { printStatement, type Statement } from "../../../translator/statements/statement.ts";
import type { Account } from "../../execute/account.ts";
import type { Session } from "../../session/session.ts";
import type { Row } from "../sql-api/cells.ts";
import { partitionCount, partitionRows } from "../sql-api/result-set.ts";
import type { Fields } from "./fields.ts";

/** A row of SHOW or DESCRIBE by column name: cells as the SQL API has them. */
export type ShownRow = Readonly<Record<string, string | null>>;

const CELLS = { formats: new Map<string, string>(), nullable: true } as const;

/** Whatever the user's parameters say: a definition in a request is no place for further statements. */
const ONE_STATEMENT = new Map([["MULTI_STATEMENT_COUNT", 1]]);

export type ObjectRequest = {
  /** Stored names of what the object is in: none, a database, or a database and a schema. */
  readonly place: readonly string[];
  /** The name in the path as it was given; empty for a request on all objects. */
  readonly name: string;
  /** What the path says besides. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: Fields;
  /** The JSON body; without members when there is none. */
  readonly body: Fields;
};

/** Runs statements as any other door does. */
export class Runner {
  readonly #account: Account;
  readonly #session: Session;
  readonly #origin: string;
  /** The session of the token, for what outlives the request. */
  readonly caller: Runner | undefined;

  constructor(account: Account, session: Session, origin: string, caller?: Runner | undefined) {
    this.#account = account;
    this.#session = session;
    this.#origin = origin;
    this.caller = caller;
  }

  /** The user who asks. */
  get user(): string {
    return this.#session.user;
  }

  /** @throws the statement's error */
  async rows(statement: Statement): Promise<readonly ShownRow[]> {
    const text = printStatement(statement);
    const request = { text, origin: this.#origin, parameters: ONE_STATEMENT };
    const run = this.#account.submit(this.#session, request);
    const result = await run.done;
    const rows: Row[] = [];
    for (let partition = 0; partition < partitionCount(result); partition++) {
      rows.push(...(await partitionRows(this.#account, run, result, partition, CELLS)));
    }
    const names = result.columns.map(({ name }) => name);
    return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? null])));
  }

  /** What the statement says of its success. */
  async status(statement: Statement): Promise<Status> {
    const [row] = await this.rows(statement);
    return { status: Object.values(row ?? {})[0] ?? "" };
  }
}

export type Status = { readonly status: string };
