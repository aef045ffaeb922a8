/** Policies and tags as catalog objects. */

import type { SnowType } from "../../translator/types/types.ts";
import type { Base } from "./object-base.ts";

type PolicyFields = {
  readonly schemaId: number;
  readonly parameters: readonly { readonly name: string; readonly type: SnowType }[];
  readonly returns: SnowType;
  readonly body: string;
};

export type MaskingPolicyObject = Base<"masking_policy"> &
  PolicyFields & {
    /** EXEMPT_OTHER_POLICIES: other policies may use columns that this one masks. */
    readonly exempt: boolean;
  };

export type RowAccessPolicyObject = Base<"row_access_policy"> & PolicyFields;

export type PolicyObject = MaskingPolicyObject | RowAccessPolicyObject;

export type TagObject = Base<"tag"> & {
  readonly schemaId: number;
  /** In the order they were given; undefined: any value. */
  readonly allowedValues: readonly string[] | undefined;
  /** Masking policies of the columns that have the tag, by id. */
  readonly maskingPolicies: readonly number[];
};
