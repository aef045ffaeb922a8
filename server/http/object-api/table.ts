/** Every endpoint of the object API, and which of them a path means. */

import { type Endpoint, endpointsOf, type Method, type Resource } from "./resource.ts";
import { DATABASES, SCHEMAS } from "./resources/containers.ts";
import { ROLES, USERS } from "./resources/roles.ts";
import { SEQUENCES } from "./resources/sequences.ts";
import { STAGES } from "./resources/stages.ts";
import { STREAMS } from "./resources/streams.ts";
import { TABLES } from "./resources/tables.ts";
import { TASKS } from "./resources/tasks.ts";
import { VIEWS } from "./resources/views.ts";
import { WAREHOUSES } from "./resources/warehouses.ts";

const RESOURCES: readonly Resource[] = [
  DATABASES,
  SCHEMAS,
  WAREHOUSES,
  ROLES,
  USERS,
  TABLES,
  VIEWS,
  STAGES,
  SEQUENCES,
  STREAMS,
  TASKS,
];

/** Every path with its method. */
export const ENDPOINTS: readonly Endpoint[] = RESOURCES.flatMap(endpointsOf);

/** A part of a path: `{name}` or a word, and perhaps a verb behind it. */
type Part = { readonly text: string; readonly verb: string };

const VERB = /^(.*):([a-z][a-z_-]*)$/s;

function partOf(text: string): Part {
  const [, before, verb] = VERB.exec(text) ?? [];
  return before === undefined || verb === undefined ? { text, verb: "" } : { text: before, verb };
}

type Compiled = { readonly endpoint: Endpoint; readonly parts: readonly Part[] };

const COMPILED: readonly Compiled[] = ENDPOINTS.map((endpoint) => ({
  endpoint,
  parts: endpoint.path.split("/").slice(1).map(partOf),
}));

export type Match = {
  /** Undefined when the path has no such method. */
  readonly endpoint: Endpoint | undefined;
  readonly parameters: Readonly<Record<string, string>>;
};

/**
 * @param path after `/api/v2`, still encoded
 * @returns undefined for a path that is none of the API's
 */
export function endpointOf(method: Method, path: string): Match | undefined {
  const given = path
    .split("/")
    .filter((part) => part !== "")
    .map(partOf);
  const found = COMPILED.flatMap(({ endpoint, parts }) => {
    const parameters = matched(parts, given);
    return parameters === undefined ? [] : [{ endpoint, parameters }];
  });
  const match = found.find(({ endpoint }) => endpoint.method === method) ?? found[0];
  if (match === undefined) return undefined;
  const { endpoint, parameters } = match;
  return { endpoint: endpoint.method === method ? endpoint : undefined, parameters };
}

function matched(
  parts: readonly Part[],
  given: readonly Part[],
): Readonly<Record<string, string>> | undefined {
  if (parts.length !== given.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, { text, verb }] of parts.entries()) {
    const actual = given[index];
    if (actual === undefined || actual.verb !== verb) return undefined;
    if (!text.startsWith("{")) {
      if (text !== actual.text) return undefined;
      continue;
    }
    const value = decoded(actual.text);
    if (value === undefined) return undefined;
    parameters[text.slice(1, -1)] = value;
  }
  return parameters;
}

/** Undefined for what is not encoded as URLs are. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
