import fc from "fast-check";

/**
 * Property tests draw the same examples each time, so that a green commit stays green;
 * `FUZZ_SEED=n npx vitest run --project unit` draws others.
 */
const DEFAULT_SEED = 20_260;

fc.configureGlobal({ seed: Number(process.env.FUZZ_SEED ?? DEFAULT_SEED) });
