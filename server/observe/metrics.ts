/** Prometheus metrics: statements by kind and outcome, latency, sessions, rows, bytes. */

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { QueryRecord } from "./history.ts";

/** Seconds; small statements take about a millisecond. */
const LATENCY_BUCKETS = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60];
const MS_PER_SECOND = 1_000;

export class Metrics {
  readonly #registry = new Registry();
  readonly #statements: Counter<"kind" | "outcome">;
  readonly #latency: Histogram<"kind">;
  readonly #rows: Counter;
  readonly #bytes: Counter<"direction">;

  /** @param sessions how many sessions are open now */
  constructor(sessions: () => number) {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    this.#statements = new Counter({
      name: "mockhaus_statements_total",
      help: "Statements by kind and outcome.",
      labelNames: ["kind", "outcome"],
      registers,
    });
    this.#latency = new Histogram({
      name: "mockhaus_statement_seconds",
      help: "Time from receiving a statement to its stored result.",
      labelNames: ["kind"],
      buckets: LATENCY_BUCKETS,
      registers,
    });
    this.#rows = new Counter({
      name: "mockhaus_rows_total",
      help: "Rows of results.",
      registers,
    });
    this.#bytes = new Counter({
      name: "mockhaus_http_bytes_total",
      help: "Bytes of HTTP bodies.",
      labelNames: ["direction"],
      registers,
    });
    new Gauge({
      name: "mockhaus_sessions",
      help: "Open sessions.",
      registers,
      collect() {
        this.set(sessions());
      },
    });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  statement(record: QueryRecord): void {
    const kind = record.statementKind === "" ? "UNPARSED" : record.statementKind;
    this.#statements.inc({ kind, outcome: record.status.toLowerCase() });
    const took = ((record.endedAt ?? record.startedAt) - record.startedAt) / MS_PER_SECOND;
    this.#latency.observe({ kind }, took);
    this.#rows.inc(record.rowsProduced);
  }

  bytes(direction: "in" | "out", count: number): void {
    if (count > 0) this.#bytes.inc({ direction }, count);
  }
}
