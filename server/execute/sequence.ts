/** CREATE and ALTER SEQUENCE. https://docs.snowflake.com/en/sql-reference/sql/create-sequence */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { QualifiedName } from "../../translator/bind/catalog.ts";
import { nextValueQuery } from "../catalog/information-schema/objects.ts";
import type { SequenceObject } from "../catalog/objects.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import type { StatementWriter } from "../storage/writer.ts";
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
    const base =
      statement.clone === undefined
        ? undefined
        : found(memberName(statement.clone, execution, "CREATE"), snapshot, execution);
    const sequence = newSequence(name.name, schema.id, statement.options, base, execution);
    const replaced = existing === undefined ? [] : [markDropped(existing, execution)];
    return {
      changes: [...replaced, { kind: "put" as const, object: sequence }],
      physical: async (writer) => {
        if (base !== undefined) return goOn(writer, base, sequence);
        await writer.apply(sequenceSql(sequence.physical, sequence.start, sequence.increment));
      },
      result: true,
    };
  });
  return done ? created("Sequence", name.name) : alreadyExists(name.name);
};

function checkStep(increment: string): void {
  if (Number(increment) !== 0) return;
  throw snowflakeError("invalidParameterValue", { value: increment, name: "INCREMENT" });
}

type Options = Parameters<typeof createSequence>[0]["options"];

function newSequence(
  name: string,
  schemaId: number,
  options: Options,
  base: SequenceObject | undefined,
  execution: Execution,
): SequenceObject {
  const increment = options.increment ?? base?.increment ?? "1";
  checkStep(increment);
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
    if (statement.ifExists && findMember(snapshot, "sequence", name, execution) === undefined) {
      return { changes: [], result: undefined };
    }
    const sequence = found(name, snapshot, execution);
    const object = alteredSequence(sequence, statement.alteration, snapshot, execution);
    const isReplaced = object.physical !== sequence.physical;
    return {
      changes: [{ kind: "put", object }],
      physical: isReplaced ? (writer) => goOn(writer, sequence, object) : undefined,
      result: undefined,
    };
  });
  return executed();
};

/** @throws 002003 when there is no such sequence */
function found(name: QualifiedName, snapshot: Snapshot, execution: Execution): SequenceObject {
  const object = findMember(snapshot, "sequence", name, execution);
  if (object?.kind === "sequence") return object;
  throw snowflakeError("containerNotFound", { kind: "Sequence", name: shownQualified(name) });
}

/**
 * A sequence in DuckDB that goes on where another stands: a clone, or one with another step, which
 * DuckDB cannot change. The value that comes next was fixed when the last one was taken, so that the
 * new step shows only in the one after it (docs: querying-sequences).
 */
async function goOn(
  writer: StatementWriter,
  before: SequenceObject,
  { physical, increment }: SequenceObject,
): Promise<void> {
  const [row] = await writer.rows(nextValueQuery(before));
  const next = row?.["next_value"] ?? before.start;
  await writer.apply(sequenceSql(physical, String(next), increment));
}

function alteredSequence(
  sequence: SequenceObject,
  alteration: Parameters<typeof alterSequence>[0]["alteration"],
  snapshot: Snapshot,
  execution: Execution,
): SequenceObject {
  const alteredAt = execution.account.now();
  if (alteration.kind === "unset_comment") return { ...sequence, comment: "", alteredAt };
  if (alteration.kind === "rename") {
    const target = memberName(alteration.name, execution, "ALTER SEQUENCE");
    const schema = findSchema(snapshot, target.database, target.schema);
    if (findMember(snapshot, "sequence", target, execution) !== undefined) {
      throw snowflakeError("objectExists", { name: shown(target.name) });
    }
    return { ...sequence, name: target.name, schemaId: schema.id, alteredAt };
  }
  const { start, increment, ordered, comment } = alteration.options;
  if (start !== undefined) {
    throw snowflakeError("unsupportedFeature", { feature: "ALTER SEQUENCE SET START" });
  }
  const step = increment ?? sequence.increment;
  checkStep(step);
  const isStepChanged = Number(step) !== Number(sequence.increment);
  return {
    ...sequence,
    increment: step,
    physical: isStepChanged ? `data."q${sequence.id}_${alteredAt}"` : sequence.physical,
    ordered: ordered ?? sequence.ordered,
    comment: comment ?? sequence.comment,
    alteredAt,
  };
}
