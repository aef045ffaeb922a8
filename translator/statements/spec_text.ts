/** The grammar of one kind of object as text; forms.ts says how phrases are written. */

export type SpecText = {
  /** Names with blanks between; COMMENT is always known. "any": an open list. */
  readonly properties?: string | undefined;
  /** One phrase of CREATE per line. */
  readonly create?: string | undefined;
  /** One phrase of ALTER per line; SET, UNSET, RENAME TO and tags need none. */
  readonly alter?: string | undefined;
  readonly mayBeUnnamed?: boolean | undefined;
};
