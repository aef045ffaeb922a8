/** What each kind of object with a plain grammar knows: its properties and its fixed phrases. */

import type { ObjectName } from "../ast/expressions.ts";
import { compileForms, type Forms } from "./forms.ts";
import type { ObjectKind } from "./object_kinds.ts";
import { type PropertyNames, propertyNames } from "./properties.ts";
import type { SpecText } from "./spec_text.ts";
import { ACCOUNT_SPECS } from "./specs_account.ts";
import { CLOUD_SPECS } from "./specs_cloud.ts";
import { DATA_SPECS } from "./specs_data.ts";
import { POLICY_SPECS } from "./specs_policies.ts";

export type ObjectSpec = {
  /** For error messages. */
  readonly name: string;
  readonly properties: PropertyNames;
  /** Phrases of CREATE. */
  readonly create: Forms;
  /** Phrases of ALTER. */
  readonly alter: Forms;
  /** ALTER ACCOUNT SET …, ALTER USER SET …: no name means the current one. */
  readonly mayBeUnnamed: boolean;
};

const TEXTS: Readonly<Partial<Record<ObjectKind, SpecText>>> = {
  ...ACCOUNT_SPECS,
  ...CLOUD_SPECS,
  ...DATA_SPECS,
  ...POLICY_SPECS,
};

/** Classes such as SNOWFLAKE.ML.FORECAST: arguments in parentheses, and options of any name. */
const CLASS_SPEC: SpecText = {
  properties: "any",
  create: "<arguments>",
  alter: "<rest>",
};

const compiled = new Map<string, ObjectSpec>();

/** The grammar of a kind of object. Compiled at first use. */
export function objectSpec(object: ObjectKind | { readonly class: ObjectName }): ObjectSpec {
  const name = typeof object === "string" ? object : "CLASS";
  const known = compiled.get(name);
  if (known !== undefined) return known;
  const spec = compile(name, typeof object === "string" ? (TEXTS[object] ?? {}) : CLASS_SPEC);
  compiled.set(name, spec);
  return spec;
}

function compile(name: string, text: SpecText): ObjectSpec {
  const properties =
    text.properties === "any" ? "any" : propertyNames(`COMMENT ${text.properties ?? ""}`);
  return {
    name,
    properties,
    create: compileForms(text.create ?? ""),
    alter: compileForms(text.alter ?? ""),
    mayBeUnnamed: text.mayBeUnnamed ?? false,
  };
}
