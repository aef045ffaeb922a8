/**
 * SYSTEM$SET_…, GET_… and UNSET_DEFAULT_COLUMNS_OVERRIDE_…. Everybody may call them: access control is recorded, not enforced. They
 * end an open transaction, as DDL does.
 * https://docs.snowflake.com/en/sql-reference/functions/system_set_default_columns_override_for_show_command
 */

import { snowflakeError } from "../../../translator/base/errors.ts";
import type { BoundExpression } from "../../../translator/bind/bound.ts";
import { constant } from "../../../translator/bind/fold.ts";
import {
  COLUMNS,
  overriddenColumns,
  overrideSetting,
  showOverrideName,
  viewOverrideName,
} from "../../catalog/column-overrides.ts";
import { parseShape } from "../../catalog/information-schema/column-spec.ts";
import { INFORMATION_VIEWS } from "../../catalog/information-schema.ts";
import { EMPTY_SHAPES } from "../show/empty-shapes.ts";
import { SHAPES } from "../show/shapes.ts";
import { requiredText, type ServerRequest } from "./request.ts";

/** What is overridden: the setting's name and the columns that there are. */
type Overridden = { readonly name: string; readonly columns: readonly string[] };

/** @throws 001008 for a SHOW command that is not there */
function showCommand(request: ServerRequest): Overridden {
  const written = requiredText(request, 0);
  const subjects = [...Object.keys(SHAPES), ...Object.keys(EMPTY_SHAPES)];
  // The documentation writes NOTIFICATION INTEGRATIONS with and without its blank.
  const plain = (subject: string) => subject.replaceAll(" ", "").toUpperCase();
  const subject = subjects.find((each) => plain(each) === plain(written));
  const shape = subject === undefined ? undefined : (SHAPES[subject] ?? EMPTY_SHAPES[subject]);
  if (subject === undefined || shape === undefined) throw invalid(written, "object_type");
  const columns = parseShape(shape).map(({ name }) => name.toUpperCase());
  return { name: showOverrideName(subject), columns };
}

/** @throws 002003 for a view that is not there */
function systemView(request: ServerRequest): Overridden {
  const written = requiredText(request, 0).toUpperCase();
  const [view = "", schema] = written.split(".").reverse();
  const columns = schema === "INFORMATION_SCHEMA" ? INFORMATION_VIEWS.get(view) : undefined;
  if (columns === undefined) {
    throw snowflakeError("relationNotFound", { kind: "View", name: written });
  }
  return {
    name: viewOverrideName(`INFORMATION_SCHEMA.${view}`),
    columns: columns.map(({ name }) => name.toUpperCase()),
  };
}

function invalid(value: string, name: string): Error {
  return snowflakeError("invalidParameterValue", { value, name });
}

function getting(find: (request: ServerRequest) => Overridden, isUpper: boolean) {
  return (request: ServerRequest): BoundExpression => {
    const { snapshot } = request.execution.account.catalog;
    const columns = overriddenColumns(snapshot, find(request).name)?.join(",") ?? "";
    const text = isUpper ? columns : columns.toLowerCase();
    return constant(request.call.type, text, request.call.span.start);
  };
}

/** An empty list brings all columns back. */
function setting(find: (request: ServerRequest) => Overridden) {
  return (request: ServerRequest): BoundExpression => {
    const overridden = find(request);
    const columns = requiredText(request, 1)
      .toUpperCase()
      .split(/[\s,]+/)
      .filter((column) => column !== "");
    const unknown = columns.find((column) => !overridden.columns.includes(column));
    if (unknown !== undefined) throw invalid(unknown, "list_of_columns");
    return changed(request, overridden.name, columns);
  };
}

function unsetting(find: (request: ServerRequest) => Overridden) {
  return (request: ServerRequest): BoundExpression => changed(request, find(request).name, []);
}

function changed(
  request: ServerRequest,
  name: string,
  columns: readonly string[],
): BoundExpression {
  const { call, answers, execution } = request;
  const { catalog, now } = execution.account;
  answers.get(`${call.entry.name}:${name}:${columns}`, () =>
    execution.ddl(async (snapshot) => {
      const existing = overrideSetting(snapshot, name);
      if (columns.length === 0) {
        return {
          changes: existing === undefined ? [] : [{ kind: "purge", id: existing.id }],
          result: true,
        };
      }
      const object = {
        kind: "setting" as const,
        id: existing?.id ?? catalog.nextId(),
        name,
        createdAt: existing?.createdAt ?? now(),
        alteredAt: now(),
        owner: "",
        comment: "",
        options: { [COLUMNS]: columns.join(",") },
      };
      return { changes: [{ kind: "put", object }], result: true };
    }),
  );
  return constant(call.type, true, call.span.start);
}

export const getShowOverride = getting(showCommand, false);
export const setShowOverride = setting(showCommand);
export const unsetShowOverride = unsetting(showCommand);
export const getViewOverride = getting(systemView, true);
export const setViewOverride = setting(systemView);
export const unsetViewOverride = unsetting(systemView);
