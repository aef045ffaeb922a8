/**
 * The error table: every code that mockhaus can send, with its SQLSTATE and message template.
 * Templates use {name} placeholders. Errors are born only through `snowflakeError`.
 * Sources: shared reference errors.md and Snowflake's documentation.
 */

/** `compile` puts "SQL compilation error:" before the text (with line and position when known). */
export type ErrorPhase = "compile" | "run" | "access" | "login";

export type ErrorEntry = {
  readonly code: string;
  readonly sqlState: string;
  readonly phase: ErrorPhase;
  readonly template: string;
};

/** Where in the statement text: line from 1, position (column) from 0. */
export type ErrorPosition = { readonly line: number; readonly position: number };

function entry<const Template extends string>(
  code: string,
  sqlState: string,
  phase: ErrorPhase,
  template: Template,
): ErrorEntry & { readonly template: Template } {
  return { code, sqlState, phase, template };
}

/** The names that stand in braces in a template. */
type PlaceholdersOf<Template extends string> =
  Template extends `${string}{${infer Name}}${infer Rest}` ? Name | PlaceholdersOf<Rest> : never;

export const ERRORS = {
  unsupportedFeature: entry("000002", "0A000", "compile", "Unsupported feature '{feature}'."),
  matchSkipNoRow: entry(
    "000002",
    "0A000",
    "run",
    "AFTER MATCH SKIP TO {name}: no row of the match has this symbol.",
  ),
  matchSkipFirstRow: entry(
    "000002",
    "0A000",
    "run",
    "AFTER MATCH SKIP TO {name}: this is the first row of the match.",
  ),
  multipleStatements: entry(
    "000008",
    "0A000",
    "run",
    "Actual statement count {actual} did not match the desired statement count {desired}.",
  ),
  canceled: entry("000604", "57014", "run", "SQL execution canceled"),
  notExecuting: entry(
    "000605",
    "01000",
    "run",
    "Identified SQL statement is not currently executing.",
  ),
  lockTimeout: entry(
    "000625",
    "57014",
    "run",
    "Statement '{queryId}' has locked table '{table}' in transaction {transaction} and this lock has not yet been released.\nYour statement '{waiting}' has been aborted after waiting for the lock for {seconds} seconds.",
  ),
  deadlock: entry(
    "000625",
    "57014",
    "run",
    "Statement '{queryId}' has locked table '{table}' in transaction {transaction} and this lock has not yet been released.\nYour statement '{waiting}' was aborted because of a deadlock.",
  ),
  transactionAborted: entry(
    "000628",
    "57014",
    "run",
    "Statement aborted because its transaction was aborted",
  ),
  timeout: entry(
    "000630",
    "57014",
    "run",
    "Statement reached its statement or warehouse timeout of {seconds} second(s) and was canceled.",
  ),
  emptyStatement: entry("000900", "42601", "compile", "Empty SQL statement."),
  invalidIdentifier: entry("000904", "42000", "compile", "invalid identifier '{name}'"),
  notEnoughArguments: entry(
    "000938",
    "22023",
    "compile",
    "not enough arguments for function [{call}], expected {expected}, got {actual}",
  ),
  tooManyArguments: entry(
    "000939",
    "22023",
    "compile",
    "too many arguments for function [{call}] expected {expected}, got {actual}",
  ),
  notOrderBy: entry(
    "000949",
    "42601",
    "compile",
    "[{expression}] is not a valid order by expression",
  ),
  notGroupBy: entry(
    "000979",
    "42601",
    "compile",
    "[{expression}] is not a valid group by expression",
  ),
  windowNotAllowed: entry(
    "001002",
    "42601",
    "compile",
    "Window function [{expression}] may not appear outside of SELECT, QUALIFY, and ORDER BY clauses.",
  ),
  invalidProperty: entry(
    "001423",
    "22023",
    "compile",
    "invalid property '{property}' for '{object}'",
  ),
  syntax: entry("001003", "42000", "compile", "{messages}"),
  /** Also what a statement gets that nests deeper than base/limits.ts allows. */
  compilationMemory: entry("001042", "XX000", "compile", "compilation memory exhausted"),
  invalidArgumentTypes: entry(
    "001044",
    "42P13",
    "compile",
    "Invalid argument types for function '{name}': ({types})",
  ),
  qualifyWithoutWindow: entry("001100", "42601", "compile", "QUALIFY without window function"),
  // The text and code of this one have no source.
  unreachableMergeClause: entry(
    "002060",
    "42601",
    "compile",
    "Unreachable WHEN {kind} clause in MERGE: an earlier one without a condition takes every row",
  ),
  noStarColumns: entry("001080", "42601", "compile", "SELECT with no columns"),
  notGrouped: entry(
    "001104",
    "42601",
    "compile",
    "'{column}' in select clause is neither an aggregate nor in the group by clause.",
  ),
  searchExpression: entry(
    "001128",
    "42601",
    "compile",
    "Expression {expression} cannot be used in search optimization.",
  ),
  setOperationColumns: entry(
    "001789",
    "42601",
    "compile",
    "invalid number of result columns for set operator input branches, expected {expected}, got {actual} in branch {branch}",
  ),
  objectNotFound: entry(
    "002003",
    "42S02",
    "compile",
    "Object '{name}' does not exist or not authorized.",
  ),
  /** A table or view that is named where only one of its kind can stand: DROP, ALTER, DESCRIBE. */
  relationNotFound: entry(
    "002003",
    "42S02",
    "compile",
    "{kind} '{name}' does not exist or not authorized.",
  ),
  containerNotFound: entry(
    "002003",
    "02000",
    "compile",
    "{kind} '{name}' does not exist or not authorized.",
  ),
  invalidValues: entry(
    "002014",
    "22000",
    "compile",
    "Invalid expression [{expression}] in VALUES clause",
  ),
  tableFunctionArgument: entry(
    "002018",
    "22023",
    "compile",
    "Invalid argument [{argument}] for table function. Table function argument is required to be a constant.",
  ),
  insertColumnCount: entry(
    "002020",
    "21S01",
    "compile",
    "Insert value list does not match column list expecting {expected} but got {actual}",
  ),
  columnTypeMismatch: entry(
    "002023",
    "22000",
    "compile",
    "Expression type does not match column data type, expecting {expected} but got {actual} for column {column}",
  ),
  duplicateAlias: entry("002027", "42601", "compile", "duplicate alias '{name}'"),
  ambiguousColumn: entry("002028", "42601", "compile", "ambiguous column name '{name}'"),
  unsupportedSubquery: entry(
    "002031",
    "42601",
    "compile",
    "Unsupported subquery type cannot be evaluated",
  ),
  aggregateInWhere: entry(
    "002035",
    "42601",
    "compile",
    "Invalid aggregate function in where clause [{expression}]",
  ),
  viewExpansion: entry(
    "002037",
    "42601",
    "compile",
    "Failure during expansion of view '{name}': {detail}",
  ),
  viewColumns: entry(
    "002057",
    "42601",
    "compile",
    "View definition for '{name}' declared {declared} column(s), but view query produces {actual} column(s).",
  ),
  columnListedTwice: entry("002079", "42601", "compile", "Column '{column}' is specified twice."),
  asofMatchCondition: entry(
    "010001",
    "42601",
    "compile",
    "MATCH_CONDITION clause is invalid: Only comparison operators '>=', '>', '<=' and '<' are allowed. Keywords such as AND and OR are not allowed.",
  ),
  asofOnClause: entry(
    "010010",
    "42601",
    "compile",
    "ON clause for ASOF JOIN must contain conjunctions of equality conditions only. Disjunctions are not allowed. Each side of an equality condition must only refer to either the left table or the right table. {condition} is invalid.",
  ),
  noCurrentDatabase: entry(
    "090105",
    "22000",
    "run",
    "Cannot perform {operation}. This session does not have a current database. Call 'USE DATABASE', or use a qualified name.",
  ),
  showTooManyRows: entry(
    "090201",
    "22000",
    "run",
    "SHOW {subject} returned more than the maximum of {limit} results. Use LIMIT to get fewer.",
  ),
  noCurrentSchema: entry(
    "090106",
    "22000",
    "run",
    "Cannot perform {operation}. This session does not have a current schema. Call 'USE SCHEMA', or use a qualified name.",
  ),
  singleRowSubquery: entry(
    "090150",
    "22000",
    "run",
    "Single-row subquery returns more than one row.",
  ),
  timestampNotRecognized: entry("100035", "22007", "run", "Timestamp '{value}' is not recognized"),
  booleanNotRecognized: entry(
    "100037",
    "22018",
    "run",
    "Boolean value '{value}' is not recognized",
  ),
  numericNotRecognized: entry(
    "100038",
    "22018",
    "run",
    "Numeric value '{value}' is not recognized",
  ),
  numericOutOfRange: entry("100039", "22003", "run", "Numeric value '{value}' is out of range"),
  /** Texts and codes of these two are placeholders of ours: Snowflake's own are not known. */
  intervalNotRecognized: entry("100035", "22007", "run", "Interval '{value}' is not recognized"),
  intervalRange: entry(
    "100046",
    "22015",
    "run",
    "Interval value out of representable range: type INTERVAL {type}, value {value}",
  ),
  /** Texts and codes of these two are placeholders of ours: Snowflake's own are not known. */
  periodNotRecognized: entry("100035", "22007", "run", "Period '{value}' is not recognized"),
  periodBounds: entry("100047", "22023", "run", "Period begin must be before its end"),
  dateNotRecognized: entry("100040", "22007", "run", "Date '{value}' is not recognized"),
  invalidArgument: entry(
    "000937",
    "22023",
    "compile",
    "invalid argument for function [{name}] unexpected argument [{argument}] at position {index},",
  ),
  invalidType: entry("001007", "22023", "compile", "invalid type [{type}] for parameter '{name}'"),
  constantArgument: entry(
    "001015",
    "22023",
    "compile",
    "argument {index} to function {name} needs to be constant, found '{found}'",
  ),
  notSearchable: entry(
    "001173",
    "22023",
    "compile",
    "Expected non-empty set of columns supporting full-text search.",
  ),
  incompatibleCollations: entry(
    "002322",
    "42846",
    "compile",
    "Incompatible collations: '{left}' and '{right}'",
  ),
  cannotConvert: entry(
    "001038",
    "22023",
    "compile",
    "Can not convert parameter '{expression}' of type [{from}] into expected type [{to}]",
  ),
  functionTypes: entry(
    "001065",
    "22023",
    "compile",
    "Function {name} cannot be used with arguments of types {types}",
  ),
  unsupportedArgument: entry(
    "001065",
    "22023",
    "compile",
    "Function {name} does not support {type} argument type",
  ),
  nestedAggregate: entry(
    "000992",
    "42601",
    "compile",
    "Aggregate functions cannot be nested: [{inner}] nested in [{outer}]",
  ),
  missingOver: entry(
    "001002",
    "42601",
    "compile",
    "Window function [{name}] requires an OVER clause.",
  ),
  // The text is Snowflake's; its code has no source.
  windowNeedsOrder: entry(
    "002303",
    "42601",
    "compile",
    "Window function type [{name}] requires ORDER BY in window specification.",
  ),
  subqueryColumns: entry(
    "001052",
    "42601",
    "compile",
    "Invalid argument: subquery returns {actual} columns where {expected} is expected",
  ),
  bindNotSet: entry("002049", "42601", "compile", "Bind variable {name} not set."),
  invalidPredicate: entry(
    "002066",
    "42601",
    "compile",
    "Invalid data type [{type}] for predicate '{expression}'",
  ),
  unknownFunction: entry("002140", "42601", "compile", "Unknown function {name}"),
  unknownUserFunction: entry("002141", "42601", "compile", "Unknown user-defined function {name}"),
  sessionVariable: entry("002211", "02000", "compile", "Session variable '${name}' does not exist"),
  returnTypeMismatch: entry(
    "090207",
    "42601",
    "run",
    "Declared return type '{declared}' is incompatible with actual return type '{actual}'",
  ),
  missingArgumentTypes: entry(
    "090208",
    "42601",
    "run",
    "Argument types of function '{name}' must be specified.",
  ),
  numberRange: entry(
    "100046",
    "22003",
    "run",
    "Number out of representable range: type {type}, value {value}",
  ),
  invalidRegex: entry(
    "100048",
    "2201B",
    "run",
    "Invalid regular expression: '{pattern}', {reason}",
  ),
  stringTooLong: entry(
    "100078",
    "22000",
    "run",
    "String '{value}' is too long and would be truncated",
  ),
  floatRange: entry("100056", "22003", "run", "Floating point value out of range: {value}"),
  unsupportedDataType: entry("002040", "42601", "compile", "Unsupported data type '{type}'."),
  floatOperation: entry("100056", "22003", "run", "Invalid floating point operation: {call}"),
  /** LIKE … ESCAPE; text and code have no source. */
  invalidEscape: entry("100050", "22025", "run", "Invalid escape sequence: {reason}"),
  /** Text and code are placeholders of ours: Snowflake's own are not known. */
  bitLengths: entry(
    "100544",
    "22026",
    "run",
    "The lengths of two variable-sized fields do not match: first length {left}, second length {right}",
  ),
  divisionByZero: entry("100051", "22012", "run", "Division by zero"),
  badFormatModel: entry("100060", "22023", "run", "Bad input format model: '{format}'"),
  jsonParse: entry("100069", "22P02", "run", "Error parsing JSON: {reason}"),
  variantCast: entry("100071", "22000", "run", "Failed to cast variant value {value} to {type}"),
  /** Text and code from memory. */
  invalidExtractionPath: entry("100074", "22026", "run", "Invalid extraction path '{path}'"),
  lobSize: entry(
    "100082",
    "22000",
    "run",
    "Max LOB size ({limit}) exceeded, actual size of parsed column is {size}",
  ),
  cannotParseDateTime: entry(
    "100096",
    "22007",
    "run",
    "Can't parse '{value}' as {kind} with format '{format}'",
  ),
  invalidCharacterCode: entry(
    "100062",
    "22021",
    "run",
    "Invalid character code {code} in the CHR input",
  ),
  urlParse: entry("100139", "22000", "run", "Error parsing URL: {reason}"),
  /** The text is ours: Snowflake's own is not known. */
  ipParse: entry("100145", "22000", "run", "Error parsing IP: {reason}"),
  geoInput: entry("100205", "22000", "run", "Error parsing Geo input: {value}. {reason}."),
  /** The texts behind the colons of the next four are ours: Snowflake's own are not known. */
  geographyInvalid: entry("100217", "22000", "run", "Geography validation failed: {reason}"),
  geometryInvalid: entry("100383", "22000", "run", "Geometry validation failed: {reason}"),
  geoArgument: entry("100218", "22000", "run", "Invalid argument of {function}: {reason}"),
  geoUnsupported: entry("000002", "0A000", "run", "Unsupported feature '{feature}'."),
  /** Text and code are placeholders of ours: Snowflake's own are not known. */
  invalidRegexParameter: entry(
    "100048",
    "2201B",
    "run",
    "Invalid regular expression parameter: '{value}'",
  ),
  /** Text and code are placeholders of ours: Snowflake's own are not known. */
  invalidPosition: entry("100047", "22023", "run", "Invalid position: {position}"),
  /** Text and code are placeholders of ours: Snowflake's own are not known. */
  digestSize: entry("100049", "22023", "run", "Invalid SHA2 digest size: {size}"),
  /** Text and code are placeholders of ours: Snowflake's own are not known. */
  searchArgument: entry("100050", "22023", "run", "Invalid value '{value}' for argument {name}"),
  decryption: entry(
    "100311",
    "22023",
    "run",
    "Decryption failed. Check encrypted data, key, AAD, or AEAD tag.",
  ),
  /** Text and code are placeholders of ours: Snowflake's own are not known. */
  compression: entry("100052", "22023", "run", "{reason}"),
  xmlParse: entry("100100", "22P02", "run", "Error parsing XML: {reason}"),
  duplicateFieldKey: entry("100104", "22000", "run", "Duplicate field key '{key}'"),
  notArray: entry("100107", "22000", "run", "Not an array: '{detail}'"),
  /** The text is ours: Snowflake's own is not known. */
  vectorDimension: entry(
    "100402",
    "22000",
    "run",
    "Cannot cast {actual} elements to a vector of dimension {expected}",
  ),
  timeNotRecognized: entry("100108", "22007", "run", "Time '{value}' is not recognized"),
  notHex: entry(
    "100115",
    "22000",
    "run",
    "The following string is not a legal hex-encoded value: '{value}'",
  ),
  notBase64: entry(
    "100115",
    "22000",
    "run",
    "The following string is not a legal base64-encoded value: '{value}'",
  ),
  copySingleColumn: entry(
    "002019",
    "0A000",
    "compile",
    "{type} file format can produce one and only one column of type variant, object, or array. Load data into separate columns using the MATCH_BY_COLUMN_NAME copy option or copy with transformation.",
  ),
  unloadSingleColumn: entry(
    "002019",
    "0A000",
    "compile",
    "JSON file format can produce one and only one column of type variant or object or array. Use CSV file format if you want to unload more than one column.",
  ),
  unloadFilesExist: entry(
    "001030",
    "22000",
    "run",
    "Files already existing at the unload destination: {location}. Use overwrite option to force unloading.",
  ),
  unloadEmptyText: entry(
    "100033",
    "22000",
    "run",
    "Cannot unload empty string without file format option field_optionally_enclosed_by being specified.",
  ),
  schemaEvolution: entry(
    "000695",
    "22000",
    "run",
    "Schema evolution is incomplete: {count} columns would be added, more than one statement may add.",
  ),
  csvUnexpectedCharacter: entry(
    "100016",
    "22000",
    "run",
    "Found character '{found}' instead of {expected} delimiter '{delimiter}'",
  ),
  csvFieldDelimiter: entry(
    "100016",
    "22000",
    "run",
    "Field delimiter '{field}' found while expecting record delimiter '{record}'",
  ),
  csvUnterminated: entry(
    "100016",
    "22000",
    "run",
    "End of file reached while looking for the end of an enclosed field",
  ),
  csvEndOfRecord: entry(
    "100016",
    "22000",
    "run",
    "End of record reached while expected to parse column '{column}'",
  ),
  csvColumnCount: entry(
    "100080",
    "22000",
    "run",
    "Number of columns in file ({actual}) does not match that of the corresponding table ({expected}), use file format option error_on_column_count_mismatch=false to ignore this error",
  ),
  characterLimit: entry(
    "100074",
    "54000",
    "run",
    "User character length limit ({limit}) exceeded by string '{value}'",
  ),
  parquetFile: entry("100152", "22000", "run", "Error parsing Parquet file '{file}'"),
  fileDecompression: entry(
    "100085",
    "22000",
    "run",
    "Cannot decompress the file: its bytes are not of compression {compression}",
  ),
  invalidUtf8: entry("100144", "22007", "run", "Invalid UTF8 detected in string '{value}'"),
  cannotParseNumber: entry(
    "100140",
    "22007",
    "run",
    "Can't parse '{value}' as number with format '{format}'",
  ),
  /** Text and code from memory. */
  zeroStep: entry("100269", "22023", "run", "Step of {function} cannot be zero"),
  arraysToObjectLengths: entry(
    "215001",
    "22000",
    "run",
    "Key array and value array had unequal lengths in ARRAYS_TO_OBJECT",
  ),
  arraysToObjectKey: entry(
    "215002",
    "22000",
    "run",
    "Key supplied for ARRAYS_TO_OBJECT does not have string type",
  ),
  invalidParameter: entry("001006", "22023", "compile", "invalid parameter '{name}'"),
  invalidUrlPrefix: entry("001011", "42601", "compile", "invalid URL prefix found in: '{url}'"),
  stageTransfer: entry("091003", "22000", "run", "Failure using stage area. Cause: [{reason}]"),
  stagedFileNotFound: entry(
    "001501",
    "02000",
    "compile",
    "File '{file}' not found in stage '{stage}'.",
  ),
  relativeFile: entry(
    "001503",
    "42601",
    "compile",
    "Relative file references like '{file}' cannot be used in top-level EXECUTE IMMEDIATE calls.",
  ),
  remoteFileNotFound: entry(
    "091016",
    "22000",
    "run",
    "Remote file '{file}' was not found. There are several potential causes. The file might not exist. The required credentials may be missing or invalid. If you are running a copy command, please make sure files are not deleted when they are being loaded or files are not being loaded into two different tables concurrently with auto purge option.",
  ),
  invalidParameterValue: entry(
    "001008",
    "22023",
    "compile",
    "invalid value [{value}] for parameter '{name}'",
  ),
  tooManySessions: entry(
    "390195",
    "08001",
    "login",
    "Too many sessions: at most {limit} may be open.",
  ),
  sessionTokenInvalid: entry("390104", "08001", "login", "Session token is not valid."),
  userDisabled: entry(
    "390102",
    "08001",
    "login",
    "User access disabled. Contact your local system administrator.",
  ),
  loginRoleMissing: entry(
    "390189",
    "08001",
    "login",
    "Role '{role}' specified in the connect string does not exist or not authorized. Contact your local system administrator, or attempt to login with another role, e.g. PUBLIC.",
  ),
  requestedMissing: entry(
    "390201",
    "08004",
    "login",
    "The requested {kind} does not exist or not authorized.",
  ),
  sessionGone: entry(
    "390111",
    "08001",
    "login",
    "Session no longer exists.  New login required to access the service.",
  ),
  sessionExpired: entry(
    "390112",
    "08001",
    "login",
    "Your session has expired. Please login again.",
  ),
  masterTokenNotFound: entry(
    "390113",
    "08001",
    "login",
    "Master token not found. New login required to access the service.",
  ),
  masterTokenExpired: entry(
    "390114",
    "08001",
    "login",
    "Authentication token has expired.  The user must authenticate again.",
  ),
  badRequest: entry("390400", "08001", "login", "Bad request: {detail}."),
  pathNotFound: entry("390404", "08001", "login", "{method} {path} is not a path of mockhaus"),
  methodNotAllowed: entry("390405", "08001", "login", "{path} does not take {method}"),
  authorizationMissing: entry(
    "390101",
    "08001",
    "login",
    "Authorization header is missing or empty.",
  ),
  pipeNotFound: entry(
    "390404",
    "02000",
    "login",
    "Specified object does not exist or not authorized. Pipe not found",
  ),
  jwtInvalid: entry("390144", "08001", "login", "JWT token is invalid."),
  // SQL API: neither the text nor the code of this one has a source.
  sqlApiStatement: entry(
    "391911",
    "0A000",
    "run",
    "Statement type {statement} is not supported by the SQL API in a request of its own.",
  ),
  incorrectLogin: entry(
    "390100",
    "08001",
    "login",
    "Incorrect username or password was specified.",
  ),
  nullInNonNullable: entry("100072", "22000", "run", "NULL result in a non-nullable column"),
  duplicateRow: entry(
    "100090",
    "42P18",
    "run",
    "Duplicate row detected during DML action\nRow Values: [{values}]",
  ),
  /** Hybrid tables enforce their keys. */
  primaryKeyExists: entry("200001", "22000", "run", "Primary key already exists"),
  uniqueKeyExists: entry(
    "200001",
    "22000",
    "run",
    "Duplicate key value violates unique constraint {name}",
  ),
  foreignKeyViolated: entry(
    "200009",
    "22000",
    "run",
    'Foreign key constraint "{name}" was violated.',
  ),
  // The text is documented (create-hybrid-table); code and state have no source.
  checkViolated: entry(
    "200010",
    "22000",
    "run",
    "Operation on table {table} failed because CHECK constraint {name}, which requires that {condition}, was violated",
  ),
  // The text and code of this one have no source.
  columnInCheck: entry(
    "002269",
    "42601",
    "compile",
    "Column {column} cannot be dropped because CHECK constraint {name} uses it together with other columns.",
  ),
  hybridTruncate: entry(
    "391458",
    "0A000",
    "run",
    "Hybrid table '{name}' cannot be truncated as it is involved in active foreign key constraints.",
  ),
  taskRootNotSuspended: entry(
    "091421",
    "22000",
    "compile",
    "Unable to update graph with root task {name} since that root task is not suspended.",
  ),
  taskPredecessor: entry("091085", "42601", "compile", "Invalid predecessor {name} was specified."),
  taskCompletionInterval: entry(
    "091857",
    "42601",
    "compile",
    "TARGET_COMPLETION_INTERVAL is only allowed for serverless Tasks.",
  ),
  /** Texts and codes of the next six are of our own. */
  taskRule: entry("091090", "42601", "compile", "Task {name} {problem}."),
  taskGraph: entry("091082", "22000", "compile", "Invalid task graph: {problem}."),
  taskNothingToRetry: entry(
    "091082",
    "22000",
    "run",
    "Cannot perform retry: no suitable run of graph with root task {name} to retry.",
  ),
  taskOutside: entry("091082", "22000", "run", "{function} can only be called in a run of a task."),
  taskNoPredecessor: entry(
    "091082",
    "22000",
    "run",
    "Task {name} is no enabled predecessor of the running task.",
  ),
  taskConditionFalse: entry(
    "040003",
    "22000",
    "run",
    "Conditional expression for task evaluated to false.",
  ),
  /** Texts and codes of the next three are of our own. */
  notificationRule: entry("091082", "22000", "run", "Notification integration {name} {problem}."),
  alertRule: entry("091090", "42601", "compile", "Alert {name} {problem}."),
  alertOutside: entry(
    "091082",
    "22000",
    "run",
    "{function} can only be called in a run of an alert.",
  ),
  dynamicNotInitialized: entry(
    "002741",
    "22000",
    "compile",
    "Dynamic Table '{name}' is not initialized. Please run a manual refresh or wait for a scheduled refresh before querying.",
  ),
  dynamicNoBase: entry(
    "002728",
    "23001",
    "compile",
    "Dynamic Tables must have at least one base table.",
  ),
  dynamicDuplicate: entry("002008", "42601", "compile", "Duplicate Dynamic Table: {name}"),
  dynamicInTransaction: entry(
    "002743",
    "0A000",
    "run",
    "Manual refresh of a dynamic table is not supported inside a multi-statement transaction.",
  ),
  dynamicInputsFailed: entry("002753", "22000", "run", "Some inputs failed to refresh: [{names}]."),
  dynamicUpstreamFailed: entry(
    "002753",
    "22000",
    "run",
    "Manual refresh failed because an upstream dynamic table failed to refresh.",
  ),
  dynamicWarehouseMissing: entry(
    "002725",
    "22000",
    "run",
    "Dynamic table could not be refreshed because warehouse is missing.",
  ),
  /** Rules whose own words are not documented. */
  dynamicRule: entry("091901", "22000", "compile", "Dynamic Table '{name}' {problem}."),
  dynamicContextFunction: entry(
    "091901",
    "22000",
    "compile",
    "Unsupported context function '{function}' used in dynamic table definition.",
  ),
  changeTrackingQuery: entry(
    "091903",
    "42601",
    "compile",
    "Change tracking is not supported on queries with {construct}.",
  ),
  wrongTableKind: entry(
    "002203",
    "42601",
    "compile",
    "Object found is of type '{actual}', not specified type '{expected}'.",
  ),
  objectExists: entry("002002", "42710", "compile", "Object '{name}' already exists."),
  objectMissing: entry(
    "002043",
    "02000",
    "compile",
    "Object does not exist, or operation cannot be performed.",
  ),
  wrongObjectKind: entry(
    "001997",
    "42601",
    "compile",
    "Object found is of type '{actual}', not specified type '{expected}'.",
  ),
  statementNotFound: entry("000709", "02000", "run", "Statement {queryId} not found"),
  conflictingOptions: entry(
    "001425",
    "22023",
    "compile",
    "invalid property combination '{first}' and '{second}'",
  ),
  missingColumns: entry("002029", "42601", "compile", "Missing column specification"),
  columnListMismatch: entry("002026", "42601", "compile", "Invalid column definition list"),
  duplicateColumn: entry("002025", "42S21", "compile", "duplicate column name '{name}'"),
  invalidDatePart: entry(
    "002151",
    "22023",
    "compile",
    "[{part}] is not a valid date/time component for function {function}.",
  ),
  /** Texts and codes of these two from memory. */
  unknownTimeZone: entry("100092", "22023", "run", "Unknown timezone: '{value}'"),
  invalidDayOfWeek: entry("100093", "22023", "run", "Invalid day of week: '{value}'"),
  /** Text and code from memory. */
  uuidNotRecognized: entry("100094", "22018", "run", "UUID value '{value}' is not recognized"),
  tableNotFound: entry(
    "002003",
    "42S02",
    "compile",
    "Table '{name}' does not exist or not authorized.",
  ),
  columnExists: entry("001430", "42601", "compile", "column '{name}' already exists"),
  columnNotFound: entry("000904", "42000", "compile", "invalid identifier '{name}'"),
  lastColumn: entry("003034", "42601", "compile", "cannot drop the only column of table '{name}'"),
  columnTypeChange: entry(
    "002108",
    "22000",
    "compile",
    "cannot change column {name} from type {from} to {to} because they have incompatible types.",
  ),
  scaleChange: entry(
    "040052",
    "22000",
    "compile",
    "cannot change column {name} from type {from} to {to} because changing the scale of a number is not supported.",
  ),
  textLengthChange: entry(
    "040055",
    "22000",
    "compile",
    "cannot change column {name} from type {from} to {to} because reducing the byte-length of a varchar is not supported.",
  ),
  /** The text is the documentation's (bcr-1741), the code is chosen. */
  droppedHasDependencies: entry(
    "003932",
    "0A000",
    "compile",
    "Cannot drop the {kind} because of dependencies",
  ),
  // The text and code of this one have no source.
  grantHasDependents: entry(
    "003933",
    "0A000",
    "compile",
    "Cannot revoke {privilege} because of dependent grants",
  ),
  constraintNotFound: entry("001451", "42601", "compile", "Table '{name}' has no such constraint"),
  setCount: entry("000903", "42601", "compile", "SET has {expected} variables and {actual} values"),
  variableTooLong: entry(
    "002203",
    "22023",
    "compile",
    "Assignment to '{name}' not done because value exceeds size limit for variables. Its size is {size}; the limit is {limit} (internal storage size in bytes).",
  ),
  requestTooLarge: entry(
    "390400",
    "08001",
    "login",
    "Bad request: the body is larger than {limit} bytes.",
  ),
  typeNotInferred: entry(
    "092228",
    "P0000",
    "compile",
    "variable '{name}' cannot have its type inferred from initializer",
  ),
  /** Texts and codes of the next ones are from memory. */
  selectIntoRows: entry(
    "092223",
    "P0000",
    "run",
    "A SELECT INTO statement expects exactly 1 returned row, but got {count}.",
  ),
  selectIntoColumns: entry(
    "092224",
    "P0000",
    "run",
    "The number of INTO variables ({variables}) does not match the number of columns ({columns}).",
  ),
  cursorNotOpen: entry("092225", "P0000", "run", "Cursor '{name}' is not open."),
  cursorOpen: entry("092226", "P0000", "run", "Cursor '{name}' is already open."),
  wrongVariableKind: entry("092229", "P0000", "compile", "'{name}' is not a {expected}"),
  jumpOutsideLoop: entry(
    "092232",
    "P0000",
    "compile",
    "{word} is only allowed in a loop, with the label of one around it",
  ),
  raiseOutsideHandler: entry(
    "092230",
    "P0000",
    "compile",
    "RAISE without an exception is only allowed in an exception handler",
  ),
  procedureRecursion: entry(
    "000603",
    "XX000",
    "run",
    "Procedure calls are nested deeper than {limit} levels.",
  ),
  notTableProcedure: entry(
    "092231",
    "P0000",
    "run",
    "Procedure '{name}' does not return a table of the declared columns.",
  ),
  procedureFailed: entry(
    "100183",
    "P0000",
    "run",
    "Execution error in store procedure {name}:\n{message}{place}",
  ),
  ownerVariable: entry(
    "002030",
    "42601",
    "compile",
    "Use of session variable '${name}' is not allowed in owners rights stored procedure",
  ),
  ownerStatement: entry(
    "090236",
    "42601",
    "run",
    "Stored procedure execution error: Unsupported statement type '{type}'.",
  ),
  otherScope: entry(
    "090232",
    "22000",
    "run",
    "Stored procedure execution error: Modifying a transaction that has started at a different scope is not allowed.",
  ),
  scopeIncomplete: entry(
    "090233",
    "22000",
    "run",
    "Stored procedure execution error: Scoped transaction started in stored procedure is incomplete and it was rolled back.",
  ),
  /** Text and code from memory. */
  invalidState: entry("100095", "22000", "run", "Invalid state for function {name}"),
  languageType: entry(
    "001007",
    "22023",
    "compile",
    "Language {language} does not support type '{type}' for argument or return type.",
  ),
  javaScript: entry("100132", "P0000", "run", "JavaScript execution error: Uncaught {detail}"),
  cannotPrepare: entry("000007", "0A000", "run", "Statement provided can not be prepared."),
  /** Text and code from memory. */
  changeTrackingMissing: entry(
    "000707",
    "02000",
    "run",
    "Change tracking is not enabled or has been missing for the time range requested on table '{table}'.",
  ),
  /** Texts of the next two are from memory. */
  streamStale: entry("092118", "22000", "run", "SQL execution error: Stream {stream} is stale."),
  streamBaseDropped: entry(
    "092118",
    "22000",
    "run",
    "SQL execution error: Base table '{table}' dropped, cannot read from stream '{stream}'.",
  ),
  /** Text and code of ours: that it is an error is documented, not which. */
  streamOnView: entry(
    "001420",
    "22023",
    "compile",
    "Stream '{stream}' is on a view: it has no table version.",
  ),
  beyondTimeTravel: entry(
    "000707",
    "02000",
    "run",
    "Time travel data is not available for table {table}. The requested time is either beyond the allowed time travel period or before the object creation time.",
  ),
  referenceKind: entry(
    "505028",
    "42601",
    "run",
    "Object type {actual} does not match the specified type {expected} for reference creation",
  ),
  maskedTwice: entry(
    "003529",
    "42601",
    "run",
    "Specified column already attached to another masking policy. A column cannot be attached to multiple masking policies. Please drop the current association in order to attach a new masking policy.",
  ),
  policyInUse: entry(
    "003531",
    "42601",
    "compile",
    "Policy {name} cannot be dropped/replaced as it is associated with one or more entities.",
  ),
  // The codes from here to taggingUnsupported are not documented; the texts of the masking policies are (docs: security-column-ddm-intro).
  maskingTypeMismatch: entry(
    "003532",
    "42601",
    "compile",
    "Masking policy function argument and return type mismatch.",
  ),
  maskingPlace: entry(
    "003532",
    "42601",
    "compile",
    "Masking policy cannot be attached to a {kind} column.",
  ),
  policyColumnType: entry(
    "003533",
    "42601",
    "compile",
    "Column {column} data type {actual} does not match with {kind} data type {expected}",
  ),
  policyArguments: entry(
    "003534",
    "42601",
    "compile",
    "Policy {name} takes {expected} column(s), but {actual} column(s) were given.",
  ),
  columnInPolicy: entry(
    "003535",
    "42601",
    "compile",
    "Column {name} cannot be dropped or changed as it is used by a policy.",
  ),
  /** The code is chosen. */
  tooManyTags: entry(
    "003525",
    "42601",
    "run",
    "The number of tags on one object exceeds the limit of {limit}.",
  ),
  policyGone: entry(
    "003537",
    "42601",
    "run",
    "Column {column} already attached to a masking policy that does not exist. Please contact the policy administrator.",
  ),
  rowAccessGone: entry(
    "003537",
    "42601",
    "run",
    "Object {name} already attached to a row access policy that does not exist. Please contact the policy administrator.",
  ),
  tagInUse: entry(
    "003536",
    "42601",
    "compile",
    "Tag {name} cannot be dropped/replaced as it is associated with one or more masking policies.",
  ),
  taggingUnsupported: entry(
    "391801",
    "0A000",
    "compile",
    "Object tagging not supported for object type {kind}.",
  ),
  rowAccessTwice: entry(
    "003549",
    "23505",
    "run",
    "Object {name} already has a ROW_ACCESS_POLICY. Only one ROW_ACCESS_POLICY is allowed at a time.",
  ),
  internal: entry("370001", "XX000", "run", "Internal error: {detail}"),
} as const satisfies Record<string, ErrorEntry>;

export type ErrorName = keyof typeof ERRORS;

/** What an error's template asks for. */
export type ErrorValues<Name extends ErrorName> = Readonly<
  Record<PlaceholdersOf<(typeof ERRORS)[Name]["template"]>, string | number>
>;

export class SnowflakeError extends Error {
  override readonly name = "SnowflakeError";
  readonly code: string;
  readonly sqlState: string;
  readonly position: ErrorPosition | undefined;

  constructor(code: string, sqlState: string, message: string, position?: ErrorPosition) {
    super(message);
    this.code = code;
    this.sqlState = sqlState;
    this.position = position;
  }
}

/** Fills the template's placeholders. A missing value is a bug of the caller and throws. */
function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = values[key];
    if (value === undefined) throw new Error(`error template lacks a value for ${key}`);
    return String(value);
  });
}

/**
 * A Snowflake error by its name in the table.
 * @param values   what the template's placeholders stand for
 * @param position the place in the text; compile errors print it in their first line
 */
export function snowflakeError<Name extends ErrorName>(
  name: Name,
  ...[values = {}, position]: Record<never, never> extends ErrorValues<Name>
    ? [values?: Record<never, never>, position?: ErrorPosition]
    : [values: ErrorValues<Name>, position?: ErrorPosition]
): SnowflakeError {
  const { code, sqlState, phase, template } = ERRORS[name];
  return new SnowflakeError(
    code,
    sqlState,
    prefix(phase, position) + fill(template, values),
    position,
  );
}

function prefix(phase: ErrorPhase, position: ErrorPosition | undefined): string {
  if (phase === "access") return "SQL access control error:\n";
  if (phase !== "compile") return "";
  if (position === undefined) return "SQL compilation error:\n";
  return `SQL compilation error: error line ${position.line} at position ${position.position}\n`;
}
