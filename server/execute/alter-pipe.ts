/** ALTER PIPE. https://docs.snowflake.com/en/sql-reference/sql/alter-pipe */

import type { ObjectName } from "../../translator/ast/expressions.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import { type PipeObject, withPaused } from "../catalog/pipe-object.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import { taggedChange } from "./alter-tags.ts";
import type { Execution, StatementOf, StatementResult } from "./execution.ts";
import { memberName, notFound, shownQualified } from "./names.ts";
import { checkResumable, findPipe } from "./pipe.ts";
import { pipeOptions } from "./pipe-options.ts";
import { refreshPipe } from "./refresh-pipe.ts";
import { executed } from "./status.ts";

type Statement = StatementOf<"alter_object">;

/** @throws 002003 when there is no such pipe, 000002 for what ALTER PIPE does not change */
export async function alterPipe(
  statement: Statement,
  objectName: ObjectName,
  execution: Execution,
): Promise<StatementResult> {
  const name = memberName(objectName, execution, "ALTER PIPE");
  const missing = () => notFound("Pipe", shownQualified(name));
  const { alteration, ifExists } = statement;
  if (alteration.kind === "clause") {
    const pipe = findPipe(execution.account.catalog.snapshot, name, execution);
    if (pipe !== undefined) return refreshPipe(pipe, alteration.clause, execution);
    if (ifExists) return executed();
    throw missing();
  }
  await execution.ddl(async (snapshot) => {
    const pipe = findPipe(snapshot, name, execution);
    if (pipe === undefined) {
      if (ifExists) return { changes: [], result: undefined };
      throw missing();
    }
    const changed = altered(pipe, alteration, snapshot, execution);
    const object = { ...changed, alteredAt: execution.account.now() };
    return { changes: [{ kind: "put", object }], result: undefined };
  });
  return executed();
}

function altered(
  pipe: PipeObject,
  alteration: Exclude<Statement["alteration"], { kind: "clause" }>,
  snapshot: Snapshot,
  execution: Execution,
): PipeObject {
  switch (alteration.kind) {
    case "set": {
      const { autoIngest, paused, comment } = pipeOptions(alteration.properties, execution);
      if (autoIngest !== undefined) throw unsupported("SET AUTO_INGEST");
      checkResumable(pipe, paused);
      const changed = paused === undefined ? pipe : withPaused(pipe, paused);
      return { ...changed, comment: comment ?? pipe.comment };
    }
    case "unset":
      return unset(pipe, alteration.names);
    case "set_tags":
    case "unset_tags":
      return taggedChange(pipe, alteration, snapshot, execution);
    default:
      throw unsupported(alteration.kind.toUpperCase().replaceAll("_", " "));
  }
}

function unset(pipe: PipeObject, names: readonly string[]): PipeObject {
  let changed = pipe;
  for (const name of names) {
    if (name === "COMMENT") changed = { ...changed, comment: "" };
    else if (name === "PIPE_EXECUTION_PAUSED") {
      checkResumable(pipe, false);
      changed = withPaused(changed, undefined);
    } else if (name !== "ERROR_INTEGRATION") throw unsupported(`UNSET ${name}`);
  }
  return changed;
}

function unsupported(what: string) {
  return snowflakeError("unsupportedFeature", { feature: `ALTER PIPE ${what}` });
}
