/** TAG_REFERENCES, TAG_REFERENCES_ALL_COLUMNS and POLICY_REFERENCES of INFORMATION_SCHEMA. */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { QualifiedName, Relation } from "../../translator/bind/catalog.ts";
import { allRelations, policyRows, tagRows } from "./governance-rows.ts";
import { parseShape } from "./information-schema/column-spec.ts";
import { FUNCTION_SHAPES } from "./information-schema/function-shapes.ts";
import { type InlineRow, inlineRelation } from "./information-schema/inline.ts";
import { INFORMATION_SCHEMA } from "./information-schema/objects.ts";
import { type NamingScope, namedObject } from "./named-object.ts";
import { policyNamed } from "./named-policy.ts";

type Arguments = ReadonlyMap<string, string | null>;
type Source = {
  readonly shape: string;
  /** Parameters in the order of positional arguments. */
  readonly parameters: readonly string[];
  readonly rows: (given: (name: string) => string, scope: NamingScope) => readonly InlineRow[];
};

const TAG_PARAMETERS = ["OBJECT_NAME", "OBJECT_DOMAIN"] as const;

const SOURCES: Readonly<Record<string, Source>> = {
  TAG_REFERENCES: {
    shape: "TAG_REFERENCES",
    parameters: TAG_PARAMETERS,
    rows: (given, scope) => {
      const { object, column } = namedObject(given("OBJECT_DOMAIN"), given("OBJECT_NAME"), scope);
      return tagRows(object, column, scope.snapshot);
    },
  },
  TAG_REFERENCES_ALL_COLUMNS: {
    shape: "TAG_REFERENCES",
    parameters: TAG_PARAMETERS,
    rows: (given, scope) => {
      const { object } = namedObject(given("OBJECT_DOMAIN"), given("OBJECT_NAME"), scope);
      if (object.kind !== "table" && object.kind !== "view") return [];
      const names = [...object.columns].map(({ name }: { readonly name: string }) => name);
      return names.flatMap((name) => tagRows(object, name, scope.snapshot));
    },
  },
  POLICY_REFERENCES: {
    shape: "POLICY_REFERENCES",
    parameters: ["POLICY_NAME", "REF_ENTITY_NAME", "REF_ENTITY_DOMAIN"],
    rows: policyReferences,
  },
};

/** The functions that have rows here. */
export const GOVERNANCE_FUNCTIONS: ReadonlySet<string> = new Set(Object.keys(SOURCES));

/**
 * @param args by upper-case name, or by position from 1
 * @returns undefined for a name that is none of these functions
 * @throws 001008 for an argument that is missing or unknown, 002003 for an object that is not there
 */
export function governanceFunction(
  name: QualifiedName,
  args: Arguments,
  scope: NamingScope,
): Relation | undefined {
  const source = name.schema === INFORMATION_SCHEMA ? SOURCES[name.name] : undefined;
  if (source === undefined) return undefined;
  const named = new Map<string, string>();
  for (const [key, value] of args) {
    const parameter = /^\d+$/.test(key) ? source.parameters[Number(key) - 1] : key;
    if (parameter === undefined || !source.parameters.includes(parameter)) {
      throw snowflakeError("invalidParameterValue", { value: value ?? "null", name: key });
    }
    if (value !== null) named.set(parameter, value);
  }
  const given = (parameter: string): string => {
    const value = named.get(parameter);
    if (value !== undefined) return value;
    throw snowflakeError("invalidParameterValue", { value: "null", name: parameter });
  };
  const byName = named.has("POLICY_NAME") || !named.has("REF_ENTITY_NAME");
  const required = name.name === "POLICY_REFERENCES" && byName ? withoutEntity(given) : given;
  const rows = source.rows(required, { ...scope, database: name.database || scope.database });
  return inlineRelation(name, parseShape(FUNCTION_SHAPES[source.shape] ?? ""), rows);
}

/** POLICY_REFERENCES by the policy's name: there is no entity. */
function withoutEntity(given: (name: string) => string): (name: string) => string {
  return (parameter) => (parameter === "REF_ENTITY_NAME" ? "" : given(parameter));
}

/** Of one policy all that it is on; of one table or view all that is on it. */
function policyReferences(
  given: (name: string) => string,
  scope: NamingScope,
): readonly InlineRow[] {
  const { snapshot } = scope;
  if (given("REF_ENTITY_NAME") === "") {
    const policy = policyNamed(given("POLICY_NAME"), scope);
    return allRelations(snapshot)
      .flatMap((relation) => policyRows(relation, snapshot))
      .filter((row) => row["policy_id"] === policy.id);
  }
  const domain = given("REF_ENTITY_DOMAIN");
  const { object } = namedObject(domain, given("REF_ENTITY_NAME"), scope);
  return object.kind === "table" || object.kind === "view" ? policyRows(object, snapshot) : [];
}
