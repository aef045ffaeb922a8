/** A file format with every option resolved: what was given over the defaults of its type. */

import { InternalError } from "../../translator/base/assert.ts";
import type { FileFormatObject, StageFormat } from "../catalog/objects.ts";
import {
  type FileType,
  FORMAT_OPTIONS,
  type FormatValue,
  type FormatValues,
  type OptionSpec,
} from "./format-options.ts";

export class FileFormat {
  readonly type: FileType;
  /** What was given, by upper-case name. */
  readonly given: FormatValues;

  constructor(type: FileType, given: FormatValues = {}) {
    this.type = type;
    this.given = given;
  }

  /**
   * An option's value: the given one, or else Snowflake's default for the type.
   * @throws InternalError for an option that the type does not have
   */
  value(name: string): FormatValue {
    const given = this.given[name];
    return given === undefined ? this.#spec(name).default : given;
  }

  /** A text or word option; null for NONE. */
  text(name: string): string | null {
    const value = this.value(name);
    if (value === null || typeof value === "string") return value;
    throw wrongKind(name, "text");
  }

  flag(name: string): boolean {
    const value = this.value(name);
    if (typeof value === "boolean") return value;
    throw wrongKind(name, "boolean");
  }

  count(name: string): number {
    const value = this.value(name);
    if (typeof value === "number") return value;
    throw wrongKind(name, "integer");
  }

  texts(name: string): readonly string[] {
    const value = this.value(name);
    if (isList(value)) return value;
    throw wrongKind(name, "list");
  }

  #spec(name: string): OptionSpec {
    const found = FORMAT_OPTIONS[this.type].find((spec) => spec.name === name);
    if (found === undefined) throw new InternalError(`${this.type} files have no option ${name}`);
    return found;
  }
}

/** The format of the catalog's object. */
export function formatOf({ type, values }: FileFormatObject): FileFormat {
  return new FileFormat(type as FileType, values);
}

/** The format that a stage has of its own. */
export function storedFormat(format: Extract<StageFormat, { kind: "inline" }>): FileFormat {
  return new FileFormat(format.type as FileType, format.values);
}

function isList(value: FormatValue): value is readonly string[] {
  return Array.isArray(value);
}

function wrongKind(name: string, kind: string): InternalError {
  return new InternalError(`${name} is no ${kind} option`);
}
