/** What all catalog objects have. */

/** Times are milliseconds since the epoch. */
export type Base<Kind extends string> = {
  readonly kind: Kind;
  readonly id: number;
  /** As stored. */
  readonly name: string;
  readonly createdAt: number;
  readonly alteredAt: number;
  /** Set while the object is dropped and can still be undropped. */
  readonly droppedAt?: number | undefined;
  readonly owner: string;
  readonly comment: string;
  /** Options as the user gave them, for SHOW and GET_DDL: upper-case name to text. */
  readonly options: Readonly<Record<string, string>>;
  readonly tags?: TagValues | undefined;
};

/** The values of tags by the tag's id. */
export type TagValues = Readonly<Record<string, string>>;
