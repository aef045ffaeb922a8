/** CREATE and ALTER SEQUENCE. https://docs.snowflake.com/en/sql-reference/sql/create-sequence */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { SequenceObject } from "../catalog/objects.ts";
import { commonFields } from "./account-objects.ts";
import { sequenceSql } from "./columns.ts";
import { markDropped } from "./drop.ts";
import type { Execution, Handler } from "./execution.ts";
import { findMember, findSchema, memberName, shown, shownQualified } from "./names.ts";
import { alreadyExists, created, executed } from "./status.ts";

export const createSequence: Handler<"create_sequence"> = async (statement, execution) => {
  const name = memberName(statement.name, execution, "CREATE SEQUENCE");
  const done = await execution.ddl(async (snapshot) => {
    const schema = findSchema(snapshot, name.database, name.schema);
    const existing = findMember(snapshot, "sequence", name, execution);
    if (existing !== undefined && statement.ifNotExists) return { changes: [], result: false };
    if (existing !== undefined && !statement.orReplace) {
      throw snowflakeError("objectExists", { name: shown(name.name) });
    }
    const source =
      statement.clone === undefined
        ? undefined
        : findMember(
            snapshot,
            "sequence",
            memberName(statement.clone, execution, "CREATE"),
            execution,
          );
    if (statement.clone !== undefined && source === undefined) {
      throw snowflakeError("containerNotFound", { kind: "Sequence", name: shownQualified(name) });
    }
    const base = source?.kind === "sequence" ? source : undefined;
    const sequence = newSequence(name.name, schema.id, statement.options, base, execution);
    const replaced = existing === undefined ? [] : [markDropped(existing, execution)];
    return {
      changes: [...replaced, { kind: "put" as const, object: sequence }],
      physical: async (writer) => {
        await writer.apply(sequenceSql(sequence.physical, sequence.start, sequence.increment));
      },
      result: true,
    };
  });
  return done ? created("Sequence", name.name) : alreadyExists(name.name);
};

type Options = Parameters<typeof createSequence>[0]["options"];

function newSequence(
  name: string,
  schemaId: number,
  options: Options,
  base: SequenceObject | undefined,
  execution: Execution,
): SequenceObject {
  const increment = options.increment ?? base?.increment ?? "1";
  if (Number(increment) === 0) {
    throw snowflakeError("invalidProperty", { value: increment, name: "INCREMENT" });
  }
  const common = commonFields(name, {}, execution);
  const noOrder = execution.parameters.get("NOORDER_SEQUENCE_AS_DEFAULT") === true;
  return {
    ...common,
    kind: "sequence",
    schemaId,
    physical: `data."q${common.id}"`,
    start: options.start ?? base?.start ?? "1",
    increment,
    ordered: options.ordered ?? base?.ordered ?? !noOrder,
    comment: options.comment ?? base?.comment ?? "",
  };
}

export const alterSequence: Handler<"alter_sequence"> = async (statement, execution) => {
  const name = memberName(statement.name, execution, "ALTER SEQUENCE");
  await execution.ddl(async (snapshot) => {
    const found = findMember(snapshot, "sequence", name, execution);
    if (found?.kind !== "sequence") {
      if (statement.ifExists) return { changes: [], result: undefined };
      throw snowflakeError("containerNotFound", { kind: "Sequence", name: shownQualified(name) });
    }
    const altered = alteredSequence(found, statement.alteration, execution);
    return { changes: [{ kind: "put", object: altered }], result: undefined };
  });
  return executed();
};

function alteredSequence(
  sequence: SequenceObject,
  alteration: Parameters<typeof alterSequence>[0]["alteration"],
  execution: Execution,
): SequenceObject {
  const alteredAt = execution.account.now();
  if (alteration.kind === "unset_comment") return { ...sequence, comment: "", alteredAt };
  if (alteration.kind === "rename") {
    const target = memberName(alteration.name, execution, "ALTER SEQUENCE");
    const schema = findSchema(execution.account.catalog.snapshot, target.database, target.schema);
    return { ...sequence, name: target.name, schemaId: schema.id, alteredAt };
  }
  const { increment, ordered, comment } = alteration.options;
  if (increment !== undefined && increment !== sequence.increment) {
    throw snowflakeError("unsupportedFeature", { feature: "ALTER SEQUENCE SET INCREMENT" });
  }
  return {
    ...sequence,
    ordered: ordered ?? sequence.ordered,
    comment: comment ?? sequence.comment,
    alteredAt,
  };
}
