/** h3-js for the H3 functions, loaded when the first of them runs: an account is ready earlier without it. */

import { createRequire } from "node:module";
import { type H3Library, provideH3 } from "../../translator/geo/h3.ts";

/** Gives the translator its way to the library. */
export function provideH3Library(): void {
  provideH3(() => createRequire(import.meta.url)("h3-js") as H3Library);
}
