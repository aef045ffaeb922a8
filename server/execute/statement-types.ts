/** Statement type ids that drivers read (wire.md 2.6). */

export const SELECT_STATEMENT = 0x1000;
export const INSERT_STATEMENT = 0x3100;
export const UPDATE_STATEMENT = 0x3200;
export const DELETE_STATEMENT = 0x3300;
export const MERGE_STATEMENT = 0x3400;
export const MULTI_INSERT_STATEMENT = 0x3500;
export const COPY_STATEMENT = 0x3600;
export const UNLOAD_STATEMENT = 0x3700;
export const SESSION_STATEMENT = 0x4000;
export const ALTER_SESSION_STATEMENT = 0x4100;
export const USE_STATEMENT = 0x4300;
export const USE_DATABASE_STATEMENT = 0x4301;
export const USE_SCHEMA_STATEMENT = 0x4302;
export const USE_WAREHOUSE_STATEMENT = 0x4303;
export const SHOW_STATEMENT = 0x4400;
export const DESCRIBE_STATEMENT = 0x4500;
export const LIST_STATEMENT = 0x4701;
export const TRANSACTION_STATEMENT = 0x5000;
export const DDL_STATEMENT = 0x6000;
export const GET_STATEMENT = 0x7101;
export const PUT_STATEMENT = 0x7102;
export const REMOVE_STATEMENT = 0x7103;
export const MULTI_STATEMENT = 0xa000;
