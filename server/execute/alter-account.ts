/** ALTER ACCOUNT SET and UNSET of parameters. https://docs.snowflake.com/en/sql-reference/sql/alter-account */

import { snowflakeError } from "../../translator/base/errors.ts";
import { phraseOf } from "../../translator/statements/forms.ts";
import { ACCOUNT_PARAMETERS, accountSetting } from "../catalog/inherited-parameters.ts";
import { parameterEntry, settableValue } from "../session/parameters.ts";
import type { Execution, StatementOf } from "./execution.ts";
import { propertyRecord } from "./properties.ts";
import { withRetention } from "./retention.ts";
import { executed } from "./status.ts";

type Options = Readonly<Record<string, string>>;

/** @throws 001006 for an unknown parameter, 001008 for a bad value, 000002 for other changes of the account */
export async function alterAccount(statement: StatementOf<"alter_object">, execution: Execution) {
  const { alteration, name } = statement;
  if (name !== undefined) throw unsupported("of another account");
  switch (alteration.kind) {
    case "set": {
      const given = propertyRecord(alteration.properties, execution);
      for (const [key, value] of Object.entries(given)) checkParameter(key, value);
      await change(execution, (options) => ({ ...options, ...given }));
      return executed();
    }
    case "unset": {
      for (const key of alteration.names) checkParameter(key, undefined);
      await change(execution, (options) =>
        Object.fromEntries(
          Object.entries(options).filter(([key]) => !alteration.names.includes(key)),
        ),
      );
      return executed();
    }
    case "clause":
      throw unsupported(phraseOf(alteration.clause));
    default:
      throw unsupported(alteration.kind.toUpperCase().replaceAll("_", " "));
  }
}

function unsupported(what: string) {
  return snowflakeError("unsupportedFeature", { feature: `ALTER ACCOUNT ${what}` });
}

function checkParameter(name: string, value: string | undefined): void {
  const entry = parameterEntry(name);
  if (entry.kind === "wire") throw snowflakeError("invalidParameter", { name });
  if (value !== undefined) settableValue(entry, value);
}

function change({ account, ddl }: Execution, edit: (options: Options) => Options): Promise<void> {
  return ddl(async (snapshot) => {
    const existing = accountSetting(snapshot);
    const now = account.now();
    const object = {
      kind: "setting" as const,
      id: existing?.id ?? account.catalog.nextId(),
      name: ACCOUNT_PARAMETERS,
      createdAt: existing?.createdAt ?? now,
      alteredAt: now,
      owner: "",
      comment: "",
      options: edit(existing?.options ?? {}),
    };
    return { ...withRetention([{ kind: "put", object }], snapshot), result: undefined };
  });
}
