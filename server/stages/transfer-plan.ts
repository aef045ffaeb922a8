/** What PUT and GET tell a driver to move; server/http puts it into the driver's words. */

export type UploadPlan = {
  readonly kind: "upload";
  /** The text after `file://` as it was written. */
  readonly source: string;
  /** The stage's key, and the directory on it with a slash at the end, or empty. */
  readonly stage: string;
  readonly directory: string;
  readonly autoCompress: boolean;
  readonly overwrite: boolean;
  /** In lower case. */
  readonly sourceCompression: string;
  readonly parallel: number;
};

export type DownloadPlan = {
  readonly kind: "download";
  /** The text after `file://` as it was written. */
  readonly target: string;
  readonly stage: string;
  /** What the paths of all files begin with, up to a slash. */
  readonly directory: string;
  /** Whole paths on the stage. */
  readonly paths: readonly string[];
  readonly parallel: number;
};

export type TransferPlan = UploadPlan | DownloadPlan;
