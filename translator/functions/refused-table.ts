/**
 * Functions that Snowflake has and mockhaus does not run: a call is refused by name, with the reason. Names and categories are
 * those of Snowflake's function reference.
 */

import { type FunctionEntry, refuse, type SystemSchema } from "./define.ts";

type Group = {
  readonly category: string;
  readonly schema?: SystemSchema | undefined;
  readonly reason: string;
  readonly names: string;
};

const GROUPS: readonly Group[] = [
  {
    category: "AI and Cortex",
    reason: "runs a model in Snowflake's cloud",
    names: `
      AI_AGG AI_CLASSIFY AI_COMPLETE AI_COUNT_TOKENS AI_EMBED AI_EXTRACT AI_FILTER
      AI_FUNCTION_EVALUATION AI_FUNCTION_OPTIMIZATION AI_MULTI_EMBED AI_PARSE_DOCUMENT
      AI_REDACT AI_SENTIMENT AI_SIMILARITY AI_SUMMARIZE AI_SUMMARIZE_AGG AI_TRANSCRIBE
      AI_TRANSLATE CORTEX_SEARCH_BATCH CORTEX_SEARCH_DATA_SCAN MODEL_MONITOR_DRIFT_METRIC
      MODEL_MONITOR_PERFORMANCE_METRIC MODEL_MONITOR_STAT_METRIC
    `,
  },
  {
    category: "AI and Cortex",
    schema: "CORTEX",
    reason: "runs a model in Snowflake's cloud",
    names: `
      AGENT_RUN CLASSIFY_TEXT COMPLETE COUNT_TOKENS DATA_AGENT_RUN EMBED_TEXT_1024
      EMBED_TEXT_768 ENTITY_SENTIMENT EXTRACT_ANSWER FINETUNE PARSE_DOCUMENT SEARCH_PREVIEW
      SENTIMENT SUMMARIZE THREAD_MESSAGES TRANSLATE TRY_COMPLETE
    `,
  },
  {
    category: "AI and Cortex",
    schema: "LOCAL",
    reason: "reads what models in Snowflake's cloud recorded",
    names: `
      GET_AI_EVALUATION_DATA GET_AI_OBSERVABILITY_EVENTS GET_AI_OBSERVABILITY_LOGS
      GET_AI_RECORD_TRACE
    `,
  },
  {
    category: "semantic view",
    reason: "only makes sense on a semantic view",
    names: `
      AGG
    `,
  },
  {
    category: "table",
    reason: "reads a service of the account that does not exist here",
    names: `
      CUMULATIVE_PRIVACY_LOSSES DATA_QUALITY_MONITORING_EXPECTATION_STATUS
      DATA_QUALITY_MONITORING_RESULTS ESTIMATE_HYBRID_TABLE_STORAGE_USAGE
      ESTIMATE_REMAINING_DP_AGGREGATES GET_CONTACTS GET_JOB_HISTORY
      REPLICATION_GROUP_LAG_HISTORY SEMANTIC_VIEW_MATERIALIZATION_REFRESH_HISTORY
      STORAGE_LIFECYCLE_POLICY_HISTORY
    `,
  },
  {
    category: "table",
    reason: "needs tags",
    names: `
      TAG_REFERENCES_WITH_LINEAGE
    `,
  },
  {
    category: "table",
    schema: "CORE",
    reason: "reads the lineage of columns, which is not recorded",
    names: `
      GET_LINEAGE
    `,
  },
  {
    category: "context",
    reason: "runs a query as if under another context, which is not here",
    names: `
      POLICY_CONTEXT
    `,
  },
  {
    category: "service methods",
    reason: "controls a Snowpark container service",
    names: `
      SPCS_CANCEL_JOB SPCS_GET_EVENTS SPCS_GET_LOGS SPCS_GET_METRICS SPCS_WAIT_FOR
    `,
  },
  {
    category: "system, harmless answer",
    reason: "belongs to data quality monitoring",
    names: `
      SYSTEM$EVALUATE_DATA_QUALITY_EXPECTATIONS
      SYSTEM$EVALUATE_DATA_QUALITY_EXPECTATIONS_PERSIST_RESULT
    `,
  },
];

export const REFUSED_FUNCTIONS: readonly FunctionEntry[] = GROUPS.flatMap(
  ({ category, schema, reason, names }) =>
    names
      .trim()
      .split(/\s+/)
      .map((name) => refuse(category, name, name.toLowerCase(), reason, schema)),
);
