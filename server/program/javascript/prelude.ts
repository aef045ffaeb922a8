/**
 * What a JavaScript procedure finds in its context: the `snowflake` object, Statement, ResultSet, SfDate. Written in JavaScript,
 * on top of two functions of the server that take and give JSON.
 * https://docs.snowflake.com/en/developer-guide/stored-procedure/stored-procedures-api
 */

/** The file name that stack traces give for lines of the procedure's body. */
export const BODY_FILE = "body";

/** An expression: a function of (execute, rows) that gives `{ snowflake, SfDate, call, release, describe }`. */
export const PRELUDE = String.raw`(function (hostExecute, hostRows) {
  "use strict";
  delete globalThis.eval;
  class SfDate extends Date {
    #value;
    constructor(value) {
      if (value === undefined) { super(); return; }
      if (typeof value !== "object" || value instanceof Date) { super(value); return; }
      super(Number(BigInt(value.micros) / 1000n));
      this.#value = value;
    }
    getEpochSeconds() {
      const micros = this.#micros();
      return Number((micros - (((micros % 1000000n) + 1000000n) % 1000000n)) / 1000000n);
    }
    getNanoSeconds() {
      const micros = this.#micros();
      return Number(((micros % 1000000n) + 1000000n) % 1000000n) * 1000;
    }
    getScale() { return this.#value === undefined ? 9 : this.#value.scale; }
    getTimezone() { return this.#value === undefined ? 0 : this.#value.offset; }
    toString() { return this.#value === undefined ? super.toString() : this.#value.text; }
    #micros() {
      return this.#value === undefined ? BigInt(this.getTime()) * 1000n : BigInt(this.#value.micros);
    }
    static raw(date) {
      if (date instanceof SfDate && date.#value !== undefined) return date.#value;
      return { micros: String(BigInt(date.getTime()) * 1000n), kind: "ltz", scale: 9, offset: 0 };
    }
  }

  function hexOf(bytes) {
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("").toUpperCase();
  }

  function bytesOf(hex) {
    const bytes = new Uint8Array(hex.length / 2);
    for (let i = 0; i < bytes.length; i++) bytes[i] = parseInt(hex.slice(2 * i, 2 * i + 2), 16);
    return bytes;
  }

  function decode(cell) {
    if (cell === null) return null;
    switch (cell.k) {
      case "n": return Number(cell.v);
      case "s": case "b": return cell.v;
      case "d": return new SfDate(cell.v);
      case "x": return bytesOf(cell.v);
      default: return JSON.parse(cell.v);
    }
  }

  function encode(value) {
    if (value === undefined || value === null) return null;
    switch (typeof value) {
      case "number": case "bigint": return { k: "n", v: String(value) };
      case "string": return { k: "s", v: value };
      case "boolean": return { k: "b", v: value };
      case "object": break;
      default: return null;
    }
    if (value instanceof Date) return { k: "d", v: SfDate.raw(value) };
    if (value instanceof Uint8Array) return { k: "x", v: hexOf(value) };
    return { k: "j", v: JSON.stringify(value) };
  }

  class SnowflakeError extends Error {
    constructor(given, where) {
      super(given.message);
      this.name = "";
      this.code = given.code;
      this.state = given.state;
      // The engine points at the parenthesis; Snowflake at the method's name.
      this.stackTraceTxt = where + trace(this.stack, where.split(".")[1].length);
    }
    toString() { return this.message; }
  }

  function trace(stack, back) {
    const at = /${BODY_FILE}:(\d+)(?::(\d+))?/.exec(String(stack));
    if (at === null) return "";
    return ", line " + at[1] + (at[2] === undefined ? "" : " position " + (Number(at[2]) - 1 - back));
  }

  function fail(message, where) {
    throw new SnowflakeError({ message, code: 100183, state: "P0000" }, where);
  }

  class Columns {
    #columns;
    #where;
    constructor(columns, where) { this.#columns = columns; this.#where = where; }
    get count() { return this.#columns.length; }
    index(key) {
      const index = typeof key === "number"
        ? key - 1
        : this.#columns.findIndex((column) => column.name === String(key));
      if (!(index >= 0 && index < this.#columns.length)) {
        fail("Given column name/index does not exist: " + key, this.#where);
      }
      return index;
    }
    at(key) { return this.#columns[this.index(key)]; }
    get names() { return this.#columns.map((column) => column.name); }
  }

  class ResultSet {
    #done; #columns; #page = []; #first = 0; #row = -1;
    constructor(done) {
      this.#done = done;
      this.#columns = new Columns(done.columns, "ResultSet.getColumnValue");
      for (const name of this.#columns.names) {
        if (!(name in this)) {
          Object.defineProperty(this, name, { get: () => this.getColumnValue(name), enumerable: true });
        }
      }
    }
    next() {
      if (this.#row + 1 >= this.#done.rowCount) { this.#row = this.#done.rowCount; return false; }
      this.#row++;
      if (this.#row - this.#first >= this.#page.length) {
        this.#first = this.#row;
        this.#page = JSON.parse(hostRows(this.#done.queryId));
      }
      return true;
    }
    #cell(key) {
      const index = this.#columns.index(key);
      const row = this.#page[this.#row - this.#first];
      if (row === undefined) fail("ResultSet is empty or not prepared. Call next() first", "ResultSet.getColumnValue");
      return row[index];
    }
    getColumnValue(key) { return decode(this.#cell(key)); }
    getColumnValueAsString(key) {
      const cell = this.#cell(key);
      if (cell === null) return null;
      return cell.k === "d" ? cell.v.text : String(cell.v);
    }
    getColumnCount() { return this.#columns.count; }
    getColumnName(key) { return this.#columns.at(key).name; }
    getColumnSqlType(key) { return this.#columns.at(key).sqlType; }
    getColumnType(key) { return this.#columns.at(key).type; }
    getColumnScale(key) { return this.#columns.at(key).scale; }
    getNumRowsAffected() { return this.#done.affected; }
    getQueryId() { return this.#done.queryId; }
    getRowCount() { return this.#done.rowCount; }
  }

  const KINDS = ["Array", "Binary", "Boolean", "Date", "Number", "Object", "Text", "Time", "Timestamp", "Variant"];

  class Statement {
    #given; #done; #columns;
    constructor(given) { this.#given = given; }
    execute() {
      this.#done = run(this.#given, "Statement.execute");
      this.#columns = new Columns(this.#done.columns, "Statement.getColumn");
      return new ResultSet(this.#done);
    }
    #ready(method) {
      if (this.#done === undefined) fail("Statement is not executed yet", "Statement." + method);
      return this.#done;
    }
    #column(key, method) { this.#ready(method); return this.#columns.at(key); }
    getSqlText() { return this.#given.sqlText; }
    getQueryId() { return this.#ready("getQueryId").queryId; }
    getRowCount() { return this.#ready("getRowCount").rowCount; }
    getColumnCount() { this.#ready("getColumnCount"); return this.#columns.count; }
    getColumnName(key) { return this.#column(key, "getColumnName").name; }
    getColumnScale(key) { return this.#column(key, "getColumnScale").scale; }
    getColumnSqlType(key) { return this.#column(key, "getColumnSqlType").sqlType; }
    getColumnType(key) { return this.#column(key, "getColumnType").type; }
    isColumnNullable(key) { return this.#column(key, "isColumnNullable").nullable; }
    isColumn(key, kind) { return this.#column(key, "isColumn" + kind).kind === kind; }
    getNumRowsAffected() { return this.#ready("getNumRowsAffected").affected; }
    getNumRowsInserted() { return this.#ready("getNumRowsInserted").inserted; }
    getNumRowsUpdated() { return this.#ready("getNumRowsUpdated").updated; }
    getNumRowsDeleted() { return this.#ready("getNumRowsDeleted").deleted; }
    getNumDuplicateRowsUpdated() { return this.#ready("getNumDuplicateRowsUpdated").duplicates; }
  }
  for (const kind of KINDS) {
    Statement.prototype["isColumn" + kind] = function (key) { return this.isColumn(key, kind); };
  }

  function run(given, where) {
    if (given === null || typeof given !== "object" || typeof given.sqlText !== "string") {
      fail("Invalid argument: an object with sqlText is expected", where);
    }
    const binds = (given.binds === undefined ? [] : given.binds).map((value) => {
      const cell = encode(value);
      if (cell !== null && cell.k !== "n" && cell.k !== "s" && cell.k !== "d") {
        if (cell.k !== "b") fail("Invalid binds argument: " + String(value) + ". Error: Unsupported type for binding argument", where);
      }
      return cell;
    });
    const answer = JSON.parse(hostExecute(given.sqlText, JSON.stringify(binds)));
    if (answer.error !== undefined) throw new SnowflakeError(answer.error, where);
    return answer;
  }

  const snowflake = Object.freeze({
    execute(given) { return new ResultSet(run(given, "Snowflake.execute")); },
    createStatement(given) { return new Statement(given); },
    log() {},
    addEvent() {},
    setSpanAttribute() {},
  });

  return {
    snowflake,
    SfDate,
    call: (body, argumentsText) =>
      JSON.stringify(encode(body(snowflake, SfDate, ...JSON.parse(argumentsText).map(decode)))),
    // What the engine frees last must not hold functions of the host any more.
    release: () => { hostExecute = undefined; hostRows = undefined; },
    describe: (error) => JSON.stringify(
      error instanceof Error
        ? {
            message: error.name === "" ? error.message : error.name + ": " + error.message,
            place: error.stackTraceTxt === undefined ? trace(error.stack, 0).slice(2) : error.stackTraceTxt,
          }
        : { message: String(error), place: "" }),
  };
})`;
