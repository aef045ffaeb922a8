/**
 * Policies and tags that a CREATE hangs on an object or its columns. Neither can be made here, so a name of one is the name of
 * nothing; to take it in silence would leave unmasked what the statement masks.
 */

import type { ObjectName } from "../../translator/ast/expressions.ts";
import type { PolicyAttachment, TagAssignment } from "../../translator/statements/tags.ts";
import { kindTitle } from "./drop.ts";
import type { Execution } from "./execution.ts";
import { memberName, notFound, shownQualified } from "./names.ts";

type Attached = {
  readonly policies: readonly PolicyAttachment[];
  readonly tags: readonly TagAssignment[];
};

/** @throws 002003 for the first policy or tag that an object or a column names */
export function checkAttachments(attached: readonly Attached[], execution: Execution): void {
  for (const { policies, tags } of attached) {
    for (const { policyKind, policy } of policies) throw missing(policyKind, policy, execution);
    for (const { name } of tags) throw missing("TAG", name, execution);
  }
}

function missing(kind: string, name: ObjectName, execution: Execution) {
  return notFound(kindTitle(kind), shownQualified(memberName(name, execution, "CREATE")));
}
