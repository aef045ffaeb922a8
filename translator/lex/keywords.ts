/** Which words are not free to be identifiers. Docs: reserved-keywords. */

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}

/** Never an identifier without quotes. */
export const RESERVED_WORDS = words(`
  ALL ALTER AND ANY AS BETWEEN BY CHECK COLUMN CONNECT CREATE CURRENT DELETE DISTINCT DROP ELSE
  EXISTS FOLLOWING FOR FROM GRANT GROUP HAVING ILIKE IN INCREMENT INSERT INTERSECT INTO IS LIKE
  MINUS NOT NULL OF ON OR ORDER QUALIFY REGEXP REVOKE RLIKE ROW ROWS SAMPLE SELECT SET SOME START
  TABLE TABLESAMPLE THEN TO TRIGGER UNION UNIQUE UPDATE VALUES WHENEVER WHERE WITH
`);

/** Not the name or alias of a table in FROM. */
export const RESERVED_IN_FROM = words("CROSS FULL INNER JOIN LATERAL LEFT NATURAL RIGHT USING");

/** Not a column in an expression. */
export const RESERVED_IN_EXPRESSION = words("CASE CAST FALSE TRUE TRY_CAST WHEN");

/** Not the name of a column where a table is defined. */
export const RESERVED_COLUMN_NAMES = words(`
  CONSTRAINT CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER LOCALTIME LOCALTIMESTAMP
`);

/**
 * Words that begin a clause, so that `FROM t WINDOW …` does not take them for an alias. They can be
 * aliases after AS (docs: reserved-keywords; asof-join for ASOF and MATCH_CONDITION).
 */
export const NOT_BARE_ALIAS = words(`
  ASOF CASE CAST CROSS EXCEPT FALSE FETCH FULL INNER JOIN LATERAL LEFT LIMIT MATCH_CONDITION
  NATURAL OFFSET RIGHT TRUE TRY_CAST USING WHEN WINDOW
`);

/** Words that begin a clause only with a parenthesis after them; otherwise they may be an alias. */
export const NOT_BARE_ALIAS_BEFORE_PARENTHESIS = words(
  "AT BEFORE CHANGES MATCH_RECOGNIZE PIVOT RESAMPLE UNPIVOT",
);

/** Functions that may be called without parentheses. */
export const BARE_FUNCTIONS = words(
  "CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER LOCALTIME LOCALTIMESTAMP",
);

/** Reserved words that are also names of functions when a parenthesis follows. */
export const RESERVED_FUNCTIONS = words("INSERT LIKE ILIKE RLIKE REGEXP TABLE");
