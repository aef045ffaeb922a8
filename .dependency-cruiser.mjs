/**
 * Who may import whom. The directions are those of ARCHITECTURE.md; each rule's comment is the
 * reason that a person who breaks it gets to read. Run by scripts/check-boundaries.ts.
 *
 * @type {import("dependency-cruiser").IConfiguration}
 */
const TEST = "[.]test[.]ts$";
/** What tests share: never part of the package (tsconfig.build.json). */
const HELPERS = "[.]test-helpers[.]ts$";
const PACKAGES = "node_modules/";

export default {
  forbidden: [
    {
      name: "translator-is-pure",
      comment:
        "The translator turns text into DuckDB SQL and types, and must also run in an editor or a " +
        "browser: it imports itself, re2js and h3-js, nothing else. No DuckDB, " +
        "no Node built-ins. What it needs from outside (catalog, clock, session) is passed in.",
      severity: "error",
      from: { path: "^translator/", pathNot: [TEST, HELPERS] },
      // A relative path that does not resolve is the business of imports-resolve.
      to: { pathNot: `^[.]{1,2}/|^translator/|${PACKAGES}(re2js|h3-js)/` },
    },
    {
      name: "translator-base-is-the-ground",
      comment:
        "Everything stands on translator/base, so it may stand on nothing; otherwise each change to " +
        "a stage could reach every other one.",
      severity: "error",
      from: { path: "^translator/base/", pathNot: TEST },
      to: { path: "^translator/", pathNot: "^translator/base/" },
    },
    {
      name: "lexer-before-parser",
      comment: "A stage takes what the stage before it made and never calls a later one.",
      severity: "error",
      from: { path: "^translator/lex/", pathNot: TEST },
      to: { path: "^translator/(ast|parse|statements|bind|functions|lower|lineage)/" },
    },
    {
      name: "parser-before-binder",
      comment:
        "Parsing is about text alone: the same text parses the same way whatever the catalog and " +
        "the function list hold. So the parser, the statements and the tree know nothing of them.",
      severity: "error",
      from: { path: "^translator/(ast|parse|statements)/", pathNot: TEST },
      to: { path: "^translator/(bind|functions|lower|lineage)/" },
    },
    {
      name: "binder-before-lowering",
      comment:
        "Names and types are decided once, in bind, before anybody asks how DuckDB would spell it. " +
        "A binder that looks at lowering would let DuckDB's types leak into Snowflake's.",
      severity: "error",
      from: { path: "^translator/bind/", pathNot: TEST },
      to: { path: "^translator/(lower|lineage)/" },
    },
    {
      name: "server-below-src",
      comment:
        "The account does not know the command line, projects or loads that use it; options reach " +
        "it as values.",
      severity: "error",
      from: { path: "^server/" },
      to: { path: "^src/" },
    },
    {
      name: "http-is-the-top-of-the-server",
      comment:
        "server/http is the only room that knows HTTP and Snowflake's wire shapes. Nothing below " +
        "imports it, so statements run the same in process and over every door.",
      severity: "error",
      from: { path: "^server/[^/]+/", pathNot: ["^server/http/", TEST] },
      to: { path: "^server/http/" },
    },
    {
      name: "fastify-only-in-http",
      comment: "The web framework is a detail of the door; see http-is-the-top-of-the-server.",
      severity: "error",
      from: { pathNot: "^server/http/" },
      to: { path: `${PACKAGES}(@fastify/|fastify/)` },
    },
    {
      name: "duckdb-only-in-storage",
      comment:
        "server/storage is the only room that knows the engine's client: an upgrade, or a second " +
        "engine, is a change of one folder.",
      severity: "error",
      from: { pathNot: ["^server/storage/", "^bench/"] },
      to: { path: `${PACKAGES}@duckdb/` },
    },
    {
      name: "arrow-only-in-results",
      comment:
        "server/results is the only room that writes Arrow and Parquet; everyone else passes " +
        "result streams.",
      severity: "error",
      from: { pathNot: ["^server/results/", "^bench/", "^compat-tests/", TEST] },
      to: { path: `${PACKAGES}(apache-arrow|parquet-wasm)/` },
    },
    {
      name: "catalog-and-storage-below-execute",
      comment:
        "Statements use the catalog, the storage and the stages; these never know statements or doors. Only " +
        "execute changes the catalog.",
      severity: "error",
      from: { path: "^server/(storage|catalog|stages)/", pathNot: TEST },
      to: { path: "^server/(execute|program|http)/" },
    },
    {
      name: "clients-use-the-network",
      comment:
        "A client test stands for a user: it installs an official driver and talks to a port. " +
        "Reaching into the source would prove nothing about that user.",
      severity: "error",
      from: { path: "^compat-tests/clients/" },
      to: { path: "^(translator|server|src)/" },
    },
    {
      name: "tests-are-leaves",
      comment: "A test is imported by nobody; what two tests share is a file without that suffix.",
      severity: "error",
      from: {},
      to: { path: TEST },
    },
    {
      name: "product-needs-no-dev-packages",
      comment:
        "Users install the package without its development packages, so an import of one works " +
        "here and fails there.",
      severity: "error",
      from: { path: "^(translator|server|src)/", pathNot: [TEST, HELPERS, "^src/vitest[.]ts$"] },
      to: {
        dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"],
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "product-stands-alone",
      comment:
        "The published package has translator, server and src; the rest does not reach users.",
      severity: "error",
      from: { path: "^(translator|server|src)/", pathNot: TEST },
      to: { path: "^(scripts|compat-tests|bench|examples|docker|docs)/" },
    },
    {
      name: "imports-resolve",
      comment: "An import that does not resolve is not checked by any other rule.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|[.]cache|coverage)/" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      extensions: [".ts", ".mjs", ".js", ".d.ts", ".json"],
    },
  },
};
