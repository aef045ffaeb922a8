/** Which grammar reads a statement, by its first words. */

import type { Cursor } from "../parse/cursor.ts";
import { acceptAlterTable } from "./alter_table.ts";
import { parseBlock } from "./block.ts";
import { atAnonymousProcedure, parseCall } from "./call.ts";
import { parseComment } from "./comment.ts";
import { parseCopy } from "./copy.ts";
import { parseCreatePrefix } from "./create_head.ts";
import { acceptCreateTable } from "./create_table.ts";
import { parseDelete } from "./delete.ts";
import { parseDescribe } from "./describe.ts";
import { parseDrop, parseUndrop } from "./drop.ts";
import { parseExecute } from "./execute.ts";
import { parseCopyFiles, parseGet, parseList, parsePut, parseRemove } from "./files.ts";
import { parseGrant, parseRevoke } from "./grant.ts";
import { parseInsert } from "./insert.ts";
import { parseMerge } from "./merge.ts";
import { atMultiInsert, parseMultiInsert } from "./multi_insert.ts";
import { parseAlterObject, parseCreateObject } from "./object.ts";
import { acceptCreateRoutine } from "./routine.ts";
import { parseExplain, parseSelect } from "./select.ts";
import { acceptAlterSequence, acceptCreateSequence } from "./sequence.ts";
import { parseAlterSession, parseSet, parseUnset, parseUse } from "./session.ts";
import { parseShow } from "./show.ts";
import type { Statement } from "./statement.ts";
import { atBeginTransaction, parseBegin, parseCommit, parseRollback } from "./transaction.ts";
import { parseTruncate } from "./truncate.ts";
import { parseUpdate } from "./update.ts";
import { acceptAlterView, acceptCreateView } from "./view.ts";

type StatementParser = (cursor: Cursor) => Statement;

const BY_FIRST_WORD: Readonly<Record<string, StatementParser>> = {
  ALTER: parseAlter,
  BEGIN: (cursor) => (atBeginTransaction(cursor) ? parseBegin(cursor) : parseBlock(cursor)),
  CALL: parseCall,
  COMMENT: parseComment,
  COMMIT: parseCommit,
  COPY: (cursor) =>
    cursor.atKeyword("COPY", "FILES") ? parseCopyFiles(cursor) : parseCopy(cursor),
  CREATE: parseCreate,
  DECLARE: parseBlock,
  DELETE: parseDelete,
  DESC: parseDescribe,
  DESCRIBE: parseDescribe,
  DROP: parseDrop,
  EXECUTE: parseExecute,
  EXPLAIN: (cursor) => parseExplain(cursor, parseOne),
  GET: parseGet,
  GRANT: parseGrant,
  INSERT: (cursor) => (atMultiInsert(cursor) ? parseMultiInsert(cursor) : parseInsert(cursor)),
  LIST: parseList,
  LS: parseList,
  MERGE: parseMerge,
  PUT: parsePut,
  REMOVE: parseRemove,
  REVOKE: parseRevoke,
  RM: parseRemove,
  ROLLBACK: parseRollback,
  SELECT: parseSelect,
  SET: parseSet,
  SHOW: parseShow,
  START: parseBegin,
  TRUNCATE: parseTruncate,
  UNDROP: parseUndrop,
  UNSET: parseUnset,
  UPDATE: parseUpdate,
  USE: parseUse,
  VALUES: parseSelect,
  WITH: (cursor) => (atAnonymousProcedure(cursor) ? parseCall(cursor) : parseSelect(cursor)),
};

/** `a ->> b`, or one statement alone. */
export function parseFlow(cursor: Cursor): Statement {
  const first = parseOne(cursor);
  if (!cursor.atPunctuation("->>")) return first;
  const statements = [first];
  while (cursor.acceptPunctuation("->>")) statements.push(parseOne(cursor));
  return { kind: "flow", statements };
}

function parseOne(cursor: Cursor): Statement {
  const token = cursor.peek();
  if (cursor.atPunctuation("(")) return parseSelect(cursor);
  const parse =
    token.kind === "word" && Object.hasOwn(BY_FIRST_WORD, token.value)
      ? BY_FIRST_WORD[token.value]
      : undefined;
  return parse === undefined ? cursor.unexpected() : parse(cursor);
}

function parseCreate(cursor: Cursor): Statement {
  const prefix = parseCreatePrefix(cursor);
  return (
    acceptCreateTable(cursor, prefix) ??
    acceptCreateView(cursor, prefix) ??
    acceptCreateSequence(cursor, prefix) ??
    acceptCreateRoutine(cursor, prefix) ??
    parseCreateObject(cursor, prefix)
  );
}

function parseAlter(cursor: Cursor): Statement {
  const isSession = cursor.atKeyword("ALTER", "SESSION") && !cursor.atKeywordFrom(2, "POLICY");
  if (isSession) return parseAlterSession(cursor);
  cursor.expectKeyword("ALTER");
  return (
    acceptAlterTable(cursor) ??
    acceptAlterView(cursor) ??
    acceptAlterSequence(cursor) ??
    parseAlterObject(cursor)
  );
}
