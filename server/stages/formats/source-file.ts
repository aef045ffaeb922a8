/** A staged file as the readers of formats see it. */

export type SourceFile = {
  /** Path within its stage. */
  readonly name: string;
  /** Where its bytes lie on this machine. */
  readonly localPath: string;
};
