/** Catalog objects as plain data. Each has an id that never changes: rename, swap and undrop only move names. */

import type { ReferentialAction } from "../../translator/statements/constraints.ts";
import { typeText } from "../../translator/types/names.ts";
import type { SnowType } from "../../translator/types/types.ts";
import type { AlertObject } from "./alert-object.ts";
import type {
  MaskingPolicyObject,
  RowAccessPolicyObject,
  TagObject,
} from "./governance-objects.ts";
import type { IntegrationObject } from "./integration-object.ts";
import type { Base, TagValues } from "./object-base.ts";
import type { PipeObject } from "./pipe-object.ts";
import type { TaskObject } from "./task-object.ts";

/** A policy by its id, and the columns by name that stand for its arguments. */
export type PolicyReference = { readonly policy: number; readonly columns: readonly string[] };

/** What governance hangs on a column. */
type GovernedColumn = {
  readonly masking?: PolicyReference | undefined;
  readonly tags?: TagValues | undefined;
};

/** What governance hangs on a table or view. */
type GovernedRelation = { readonly rowAccess?: PolicyReference | undefined };

export type DatabaseObject = Base<"database"> & {
  readonly transient: boolean;
  readonly retentionDays: number;
};

export type SchemaObject = Base<"schema"> & {
  readonly databaseId: number;
  readonly transient: boolean;
  readonly managedAccess: boolean;
  readonly retentionDays: number;
};

export type ColumnDefault =
  /** The expression's own text, evaluated at insert. */
  | { readonly kind: "expression"; readonly text: string }
  | {
      readonly kind: "identity";
      readonly start: string;
      readonly step: string;
      readonly ordered: boolean;
      readonly physical: string;
    };

export type CatalogColumn = GovernedColumn & {
  readonly name: string;
  readonly type: SnowType;
  readonly nullable: boolean;
  /** The DuckDB column name, unquoted. */
  readonly physical: string;
  readonly default?: ColumnDefault | undefined;
  /** A virtual column's expression text. */
  readonly expression?: string | undefined;
  readonly comment: string;
};

export type Constraint = {
  readonly kind: "primary_key" | "unique" | "foreign_key" | "check";
  readonly name: string;
  readonly columns: readonly string[];
  readonly references?:
    | {
        readonly database: string;
        readonly schema: string;
        readonly table: string;
        readonly columns: readonly string[];
      }
    | undefined;
  /** The condition of a CHECK as it is written. */
  readonly check?: string | undefined;
  /** A CHECK with NOVALIDATE: rows from before it may break it. */
  readonly unvalidated?: true | undefined;
  readonly rely: boolean;
  readonly deferrable?: true | undefined;
  readonly initiallyImmediate?: true | undefined;
  readonly match?: "SIMPLE" | "PARTIAL" | undefined;
  readonly onUpdate?: ReferentialAction | undefined;
  readonly onDelete?: ReferentialAction | undefined;
  readonly comment?: string | undefined;
  readonly createdAt: number;
};

/** What search optimization serves: a method such as EQUALITY, of a column or of a path in it. */
export type SearchMethod = {
  readonly id: number;
  readonly method: string;
  /** The column's physical name. */
  readonly column: string;
  /** `:"a"."b"`; empty for the whole column. */
  readonly path: string;
};

/** A secondary index of a hybrid table: columns by name. */
export type TableIndex = {
  readonly name: string;
  readonly columns: readonly string[];
  readonly included: readonly string[];
  readonly createdAt: number;
  readonly owner: string;
};

export type TableObject = Base<"table"> &
  GovernedRelation & {
    readonly schemaId: number;
    readonly persistence: "permanent" | "transient" | "temporary";
    /** The session a temporary table belongs to. */
    readonly sessionId?: string | undefined;
    readonly physical: string;
    readonly columns: readonly CatalogColumn[];
    readonly constraints: readonly Constraint[];
    /** The clustering key's text; empty without one. */
    readonly clusterBy: string;
    readonly reclusterSuspended?: true | undefined;
    /** A hybrid table: its keys are enforced. */
    readonly hybrid?: boolean | undefined;
    readonly indexes?: readonly TableIndex[] | undefined;
    readonly searchMethods?: readonly SearchMethod[] | undefined;
    readonly retentionDays: number;
    /** The number of the next physical column. */
    readonly nextColumn: number;
  };

export type ViewColumn = GovernedColumn & {
  readonly name: string;
  readonly type: SnowType;
  readonly nullable: boolean;
  readonly comment: string;
};

/** Whether ended rows are kept: for Time Travel, or because a stream asks for changes. */
export function keepsHistory({
  retentionDays,
  options,
}: Pick<TableObject, "retentionDays" | "options">): boolean {
  return retentionDays > 0 || options["CHANGE_TRACKING"] === "true";
}

export type ViewObject = Base<"view"> &
  GovernedRelation & {
    readonly schemaId: number;
    readonly sessionId?: string | undefined;
    /** The whole CREATE VIEW statement, for SHOW and GET_DDL. */
    readonly text: string;
    /** The query's text, parsed at use. */
    readonly query: string;
    readonly columns: readonly ViewColumn[];
    readonly secure: boolean;
    readonly materialized: boolean;
    /** The clustering key's text of a materialized view. */
    readonly clusterBy?: string | undefined;
  };

/** A stream: its offset is kept by the storage. Streams share the names of tables and views. */
export type StreamObject = Base<"stream"> & {
  readonly schemaId: number;
  /** The table or view that it was made on: another one of the same name is not its source. */
  readonly sourceId: number;
  /** The table itself, or those that the view reads. */
  readonly tableIds: readonly number[];
  readonly mode: "DEFAULT" | "APPEND_ONLY";
  /** SHOW_INITIAL_ROWS: the first consumption gets the rows that were there. */
  readonly initialRows: boolean;
};

export type SequenceObject = Base<"sequence"> & {
  readonly schemaId: number;
  readonly physical: string;
  readonly start: string;
  readonly increment: string;
  readonly ordered: boolean;
};

/** Options of a file format as they are kept: NONE and a missing text are null. */
export type StoredOptions = Readonly<
  Record<string, string | number | boolean | readonly string[] | null>
>;

/** A named file format. Only the options that were given are kept: the defaults follow from the type. */
export type FileFormatObject = Base<"file_format"> & {
  readonly schemaId: number;
  readonly sessionId?: string | undefined;
  readonly type: string;
  /** The type as it was written, which DESCRIBE prints. */
  readonly writtenType: string;
  readonly values: StoredOptions;
};

/** What FILE_FORMAT = (…) of a stage says: options of its own, or the name of a format. */
export type StageFormat =
  | { readonly kind: "named"; readonly name: string }
  | { readonly kind: "inline"; readonly type: string; readonly values: StoredOptions };

/** What DIRECTORY = (…) of a stage says, and the files that its directory table lists. */
export type StageDirectory = {
  readonly enabled: boolean;
  readonly autoRefresh: boolean;
  /** Undefined until the first refresh. */
  readonly refreshedAt?: number | undefined;
  readonly files: readonly {
    readonly path: string;
    readonly size: number;
    readonly md5: string;
    readonly modifiedAt: number;
  }[];
};

export type StageObject = Base<"stage"> & {
  readonly schemaId: number;
  readonly sessionId?: string | undefined;
  /** Where an external stage points; undefined for an internal one. */
  readonly url?: string | undefined;
  readonly format?: StageFormat | undefined;
  /** COPY_OPTIONS by upper-case name, as text. */
  readonly copyOptions: Readonly<Record<string, string>>;
  readonly directory: StageDirectory;
  /** The upper-case TYPE of ENCRYPTION; empty when none was given. */
  readonly encryption: string;
  /** Credentials were given. Their values are not kept: nothing here could use them. */
  readonly hasCredentials: boolean;
  readonly storageIntegration: string;
  readonly endpoint: string;
};

export type RoutineParameter = {
  readonly name: string;
  readonly type: SnowType;
  /** The default's own text; undefined for an argument that must be given. */
  readonly default?: string | undefined;
};

export type RoutineResult =
  | { readonly kind: "type"; readonly type: SnowType; readonly nullable: boolean }
  | {
      readonly kind: "table";
      readonly columns: readonly { readonly name: string; readonly type: SnowType }[];
    };

/** A user's function. Overloads share a name: what tells them apart is the types of their arguments. */
export type FunctionObject = Base<"function"> & {
  readonly schemaId: number;
  readonly sessionId?: string | undefined;
  readonly parameters: readonly RoutineParameter[];
  readonly returns: RoutineResult;
  readonly language: "SQL" | "JAVASCRIPT";
  readonly body: string;
  /** RETURNS NULL ON NULL INPUT. */
  readonly strict: boolean;
  readonly volatility: "VOLATILE" | "IMMUTABLE";
  readonly memoizable: boolean;
  readonly secure: boolean;
};

/** A parameter of a procedure. */
export type ProcedureParameter = {
  readonly name: string;
  readonly type: SnowType;
  readonly mode: "in" | "out";
  /** The default's own text. */
  readonly default?: string | undefined;
};

/** Procedures of one name with other argument types are other objects: `name` is `P(VARCHAR, NUMBER)`. */
export type ProcedureObject = Base<"procedure"> & {
  readonly schemaId: number;
  readonly sessionId?: string | undefined;
  readonly procedureName: string;
  readonly parameters: readonly ProcedureParameter[];
  readonly returns:
    | { readonly kind: "value"; readonly type: SnowType; readonly nullable: boolean }
    /** RETURNS TABLE (); without columns they are found at run time. */
    | {
        readonly kind: "table";
        readonly columns: readonly { readonly name: string; readonly type: SnowType }[];
      };
  /** Upper-case: SQL, JAVASCRIPT. */
  readonly language: string;
  readonly body: string;
  readonly executeAs: "OWNER" | "CALLER" | "RESTRICTED CALLER";
  /** STRICT: not called for a NULL argument. */
  readonly strict: boolean;
  readonly secure: boolean;
};

export type WarehouseObject = Base<"warehouse"> & {
  readonly size: string;
  readonly state: "STARTED" | "SUSPENDED";
  readonly autoSuspend: number;
  readonly autoResume: boolean;
};

export type RoleObject = Base<"role">;

export type UserObject = Base<"user"> & {
  readonly login: string;
  readonly defaultRole: string;
  readonly defaultWarehouse: string;
  readonly defaultNamespace: string;
  readonly disabled: boolean;
  /** A password was set; it is not kept. */
  readonly hasPassword?: true | undefined;
};

/** A granted privilege or role: recorded, shown by SHOW GRANTS. */
export type GrantObject = Base<"grant"> & {
  readonly privilege: string;
  readonly on: { readonly kind: string; readonly name: string };
  readonly grantedTo: "ROLE" | "USER" | "DATABASE_ROLE" | "SHARE";
  readonly grantee: string;
  readonly withGrantOption: boolean;
  readonly grantedBy: string;
};

/** A setting of the account; its value is in `options`. */
export type SettingObject = Base<"setting">;

export type CatalogObject =
  | DatabaseObject
  | SchemaObject
  | TableObject
  | ViewObject
  | StreamObject
  | SequenceObject
  | FileFormatObject
  | StageObject
  | FunctionObject
  | ProcedureObject
  | MaskingPolicyObject
  | RowAccessPolicyObject
  | TagObject
  | TaskObject
  | AlertObject
  | IntegrationObject
  | PipeObject
  | WarehouseObject
  | RoleObject
  | UserObject
  | GrantObject
  | SettingObject;

export type ObjectKind = CatalogObject["kind"];

/** Names are unique within a space: tables, views and streams share one, sequences have their own. */
export type NameSpace =
  | "database"
  | "schema"
  | "relation"
  | "sequence"
  | "file_format"
  | "stage"
  | "function"
  | "procedure"
  | "masking_policy"
  | "row_access_policy"
  | "tag"
  | "task"
  | "alert"
  | "integration"
  | "pipe"
  | "warehouse"
  | "role"
  | "user"
  | "grant"
  | "setting";

export function nameSpace(kind: ObjectKind): NameSpace {
  return kind === "table" || kind === "view" || kind === "stream" ? "relation" : kind;
}

/** The argument types that tell overloads apart: lengths, precisions and scales do not count. */
export function signatureText(types: readonly SnowType[]): string {
  return `(${types.map((type) => typeText(type).replace(/\(.*\)$/s, "")).join(", ")})`;
}

/** What is unique within a name space: the name, of a function with its argument types. */
export function uniqueName(object: CatalogObject): string {
  if (object.kind !== "function") return object.name;
  return object.name + signatureText(object.parameters.map(({ type }) => type));
}

/** The container's id: a schema's database, a member's schema, 0 for account objects. */
export function parentId(object: CatalogObject): number {
  if ("schemaId" in object) return object.schemaId;
  return "databaseId" in object ? object.databaseId : 0;
}
