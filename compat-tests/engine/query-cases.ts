/**
 * Queries with their results, as Snowflake's documentation states the rules (the page is named above each group).
 * Cells are printed text; null is NULL.
 */

export type QueryCase = {
  readonly sql: string;
  readonly columns?: readonly string[] | undefined;
  readonly rows?: readonly (readonly (string | null)[])[] | undefined;
  /** Error code, and a part of its message. */
  readonly error?: readonly [code: string, text: string] | undefined;
};

function gives(sql: string, ...rows: readonly (readonly (string | null)[])[]): QueryCase {
  return { sql, rows };
}

function named(sql: string, ...columns: readonly string[]): QueryCase {
  return { sql, columns };
}

function fails(sql: string, code: string, text: string): QueryCase {
  return { sql, error: [code, text] };
}

/** EMP has (1 Ann 10 100.50), (2 Bob 10 200.00), (3 Cid 20 NULL); DEPT has 10 Sales, 20 IT, 30 Law. */
export const SETUP: readonly string[] = [
  "create table emp (id int, name varchar(10), dept int, salary number(10,2))",
  "insert into emp values (1, 'Ann', 10, 100.50), (2, 'Bob', 10, 200), (3, 'Cid', 20, null)",
  "create table dept (id int, title varchar)",
  "insert into dept values (10, 'Sales'), (20, 'IT'), (30, 'Law')",
  'create table odd ("a b" int, "A" int, a_b int)',
  "insert into odd values (1, 2, 3)",
  "create table docs (id int, v variant)",
  "insert into docs select column1, parse_json(column2) from values (1, '[10,20]'), (2, '{\"b\":[30]}'), (3, '[]')",
  "create view sales_people as select name, upper(name) from emp where dept = 10",
  "create view two (x, y) as select 1, 2",
  "create sequence seq start 5 increment 2",
];

// docs: sql/select, identifiers-syntax
const NAMES: readonly QueryCase[] = [
  named("select 'Today''s' from emp", "'TODAY''S'"),
  named("select 1+1 /* sum */ + 2", "1+1  + 2"),
  named("select 1\n  + 2", "1\n  + 2"),
  named("select e.name from emp e", "NAME"),
  named('select "a b", "A" from odd', "a b", "A"),
  named("select upper( name ) from emp", "UPPER( NAME )"),
  named("select 1 as x, 2 as x", "X", "X"),
  named("select true, null", "TRUE", "NULL"),
  named("select current_date", "CURRENT_DATE"),
  named("select $1 from values (1)", "$1"),
  named("select * from values (1, 2)", "COLUMN1", "COLUMN2"),
  named("select v[0]:a::int from docs", "V[0]:A::INT"),
  named("select seq.nextval", "NEXTVAL"),
  named("select count(*), sum(id) from emp", "COUNT(*)", "SUM(ID)"),
  named("select 1 as a union all select 2 as b", "A"),
  named("select * from sales_people", "NAME", "UPPER(NAME)"),
  named("select * from two", "X", "Y"),
  named("select (select 1)", "(SELECT 1)"),
];

// docs: sql/select (aliases), name-resolution
const SCOPES: readonly QueryCase[] = [
  gives("select 10 as a, 20 as b, a + b", ["10", "20", "30"]),
  gives("select b + 1 as a, 2 as b", ["3", "2"]),
  gives("select id * 10 as x from emp where x > 20", ["30"]),
  gives("select name as dept from emp where dept = 20", ["Cid"]),
  gives("select -id as id from emp order by id", ["-3"], ["-2"], ["-1"]),
  gives("select name as MyAlias from emp order by myalias desc limit 1", ["Cid"]),
  gives("select EMP.name from emp where Emp.ID = 1", ["Ann"]),
  gives("select public.emp.name from public.emp where emp.id = 1", ["Ann"]),
  gives("select db.public.emp.id from db.public.emp where name = 'Ann'", ["1"]),
  gives("select id from db..emp where id = 1", ["1"]),
  gives("select identifier('name') from identifier('emp') where id = 1", ["Ann"]),
  gives("select t.$2 from emp t where $1 = 1", ["Ann"]),
  gives('select a_b + "A" + "a b" from odd', ["6"]),
  fails("select zz from emp", "000904", "error line 1 at position 7\ninvalid identifier 'ZZ'"),
  fails('select "a" from odd', "000904", "invalid identifier '\"a\"'"),
  fails("select emp.name from emp e", "000904", "invalid identifier 'EMP.NAME'"),
  fails("select id from emp, dept", "002028", "ambiguous column name 'ID'"),
  fails("select x from (select 1 as x, 2 as x)", "002028", "ambiguous column name 'X'"),
  fails("select $5 from emp", "000904", "invalid identifier '$5'"),
  fails("select * from nope", "002003", "Object 'NOPE' does not exist or not authorized."),
  fails("select * from s.nope", "002003", "Object 'DB.S.NOPE' does not exist"),
  fails("select a + 1 as a", "000904", "invalid identifier 'A'"),
  fails("select 1 from emp e, dept e", "002027", "duplicate alias 'E'"),
];

// docs: sql/select (star modifiers)
const STARS: readonly QueryCase[] = [
  named("select * exclude salary from emp", "ID", "NAME", "DEPT"),
  named("select * exclude (id, salary) from emp", "NAME", "DEPT"),
  named("select * ilike '%a%' from emp", "NAME", "SALARY"),
  named("select * rename (name as who, id as key) from emp", "KEY", "WHO", "DEPT", "SALARY"),
  gives("select e.* exclude (dept, salary) replace (lower(name) as name) from emp e where id = 1", [
    "1",
    "ann",
  ]),
  named("select e.id, d.* from emp e, dept d", "ID", "ID", "TITLE"),
  fails("select * ilike 'q%' from emp", "001080", "SELECT with no columns"),
  fails("select * exclude nope from emp", "000904", "invalid identifier 'NOPE'"),
  fails("select x.* from emp", "000904", "invalid identifier 'X'"),
];

// docs: constructs/join, asof-join, join-lateral
const JOINS: readonly QueryCase[] = [
  gives(
    "select e.name, d.title from emp e join dept d on e.dept = d.id order by 1",
    ["Ann", "Sales"],
    ["Bob", "Sales"],
    ["Cid", "IT"],
  ),
  gives("select d.title from dept d left join emp e on e.dept = d.id where e.id is null", ["Law"]),
  gives("select d.title from emp e right join dept d on e.dept = d.id where e.id is null", ["Law"]),
  gives(
    "select k, a, b from (values (1, 'l')) l(k, a) full join (values (2, 'r')) r(k, b) using (k) order by k",
    ["1", "l", null],
    ["2", null, "r"],
  ),
  named("select * from emp e join dept d using (id)", "ID", "NAME", "DEPT", "SALARY", "TITLE"),
  named("select * from emp natural join dept", "ID", "NAME", "DEPT", "SALARY", "TITLE"),
  gives("select count(*) from emp cross join dept", ["9"]),
  gives("select count(*) from emp join dept", ["9"]),
  gives("select count(*) from emp, dept where emp.dept = dept.id (+)", ["3"]),
  gives(
    "select l.t, r.t from (values (5), (10), (0)) l(t) asof join (values (1), (6), (9)) r(t) match_condition (l.t >= r.t) order by 1",
    ["0", null],
    ["5", "1"],
    ["10", "9"],
  ),
  gives(
    "select e.name, l.title from emp e, lateral (select title from dept d where d.id = e.dept) l where e.id = 3",
    ["Cid", "IT"],
  ),
  gives(
    "select d.id, l.n from dept d left join lateral (select max(name) as n from emp e where e.dept = d.id) l order by 1",
    ["10", "Bob"],
    ["20", "Cid"],
    ["30", null],
  ),
  fails(
    "select * from (values (1)) l(t) asof join (values (1)) r(t) match_condition (l.t = r.t)",
    "010001",
    "MATCH_CONDITION clause is invalid",
  ),
  fails(
    "select * from docs left join lateral flatten(docs.v) f on true",
    "000002",
    "lateral table function called with OUTER JOIN syntax",
  ),
];

// docs: constructs/group-by, constructs/having, constructs/qualify, grouping
const GROUPS: readonly QueryCase[] = [
  gives("select dept, count(*) from emp group by dept order by dept", ["10", "2"], ["20", "1"]),
  gives(
    "select dept as d, sum(salary) from emp group by d order by d",
    ["10", "300.50"],
    ["20", null],
  ),
  gives("select dept + 1, count(*) from emp group by 1 order by 1", ["11", "2"], ["21", "1"]),
  gives("select dept, count(*) from emp group by all order by all", ["10", "2"], ["20", "1"]),
  gives("select max(id) from emp group by all", ["3"]),
  gives("select dept from emp group by dept having count(*) > 1", ["10"]),
  gives(
    "select dept, sum(id) as s from emp group by dept having s > 2 order by s, dept",
    ["10", "3"],
    ["20", "3"],
  ),
  gives("select sum(name_length) from (select length(name) as name_length from emp)", ["9"]),
  gives("select any_value(dept) as name from emp group by name order by 1", ["10"], ["10"], ["20"]),
  gives("select upper(name) || '!' from emp group by upper(name) order by 1 limit 1", ["ANN!"]),
  gives("select count(*) from emp where false", ["0"]),
  gives("select count(*) from emp where false group by dept"),
  gives(
    "select dept, grouping(dept), count(*) from emp group by rollup (dept) order by 2, 1",
    ["10", "0", "2"],
    ["20", "0", "1"],
    [null, "1", "3"],
  ),
  gives("select count(*) from (select dept, id, count(*) from emp group by cube (dept, id))", [
    "9",
  ]),
  gives(
    "select dept, id, count(*) from emp group by grouping sets ((dept), (id)) having dept = 10",
    ["10", null, "2"],
  ),
  gives("select count(*) from (select 1 from emp group by dept, rollup (id))", ["5"]),
  gives(
    "select name from emp qualify row_number() over (partition by dept order by id desc) = 1 order by 1",
    ["Bob"],
    ["Cid"],
  ),
  gives("select name, row_number() over (order by id) as rn from emp qualify rn = 2", ["Bob", "2"]),
  gives("select sum(sum(id)) over (order by dept) from emp group by dept order by 1", ["3"], ["6"]),
  fails(
    "select dept, name from emp group by dept",
    "001104",
    "error line 1 at position 13\n'EMP.NAME' in select clause",
  ),
  fails(
    "select e.name, count(*) from emp e",
    "001104",
    "'E.NAME' in select clause is neither an aggregate",
  ),
  fails(
    "select dept from emp group by dept having name = 'x'",
    "000979",
    "[EMP.NAME] is not a valid group by expression",
  ),
  fails(
    "select count(*) from emp group by 1",
    "000979",
    "[COUNT(*)] is not a valid group by expression",
  ),
  fails("select dept from emp group by 3", "000979", "[3] is not a valid group by expression"),
  fails(
    "select dept from emp where sum(id) > 1",
    "002035",
    "Invalid aggregate function in where clause [SUM(",
  ),
];

// docs: constructs/order-by, constructs/limit, functions-window-syntax
const ORDER: readonly QueryCase[] = [
  gives("select name from emp order by salary", ["Ann"], ["Bob"], ["Cid"]),
  gives("select name from emp order by salary desc", ["Cid"], ["Bob"], ["Ann"]),
  gives("select name from emp order by salary desc nulls last", ["Bob"], ["Ann"], ["Cid"]),
  gives("select name from emp order by 1 desc limit 1", ["Cid"]),
  gives("select top 2 id from emp order by id desc", ["3"], ["2"]),
  gives("select id from emp order by id limit 1 offset 1", ["2"]),
  gives("select id from emp order by id offset 1 rows fetch next 1 rows only", ["2"]),
  gives("select id from emp order by id limit null", ["1"], ["2"], ["3"]),
  gives("select distinct dept from emp order by dept desc", ["20"], ["10"]),
  gives("select distinct dept from emp order by dept % 20, dept", ["20"], ["10"]),
  gives("select id from emp order by -id", ["3"], ["2"], ["1"]),
  gives(
    "select column1 from values (parse_json('10')), (parse_json('9')) order by 1",
    ["9"],
    ["10"],
  ),
  gives(
    "select column1 from values (' this'), ('%'), ('B'), ('a'), ('1') order by 1",
    [" this"],
    ["%"],
    ["1"],
    ["B"],
    ["a"],
  ),
  gives(
    "select last_value(name) over (partition by dept order by id), first_value(name) over (order by id) from emp order by id",
    ["Bob", "Ann"],
    ["Bob", "Ann"],
    ["Cid", "Ann"],
  ),
  gives("select sum(id) over w from emp window w as (order by id) order by 1", ["1"], ["3"], ["6"]),
  fails(
    "select distinct dept from emp order by name",
    "000949",
    "[NAME] is not a valid order by expression",
  ),
  fails("select id from emp order by 2", "000949", "[2] is not a valid order by expression"),
];

// docs: operators-query, queries-cte, sql/values
const SETS: readonly QueryCase[] = [
  gives("select 1 union select 1", ["1"]),
  gives("select 1 union all select 1", ["1"], ["1"]),
  gives("select 1 as x union all select 2 order by x desc", ["2"], ["1"]),
  gives("select 1 union select 2 intersect select 2 order by 1", ["1"], ["2"]),
  gives("select 1 minus select 1"),
  gives("(select 1 as x union select 2) except (select 2)", ["1"]),
  gives("select 1 as x union all select 1.25 order by x", ["1.00"], ["1.25"]),
  gives(
    "select 1 as a, 2 as b union all by name select 3 as b order by b",
    ["1", "2"],
    [null, "3"],
  ),
  gives("select (select max(x) from (select 1 as x union all select 7)) as m", ["7"]),
  gives("select * from values (1), (.05), (.5) order by 1", ["0.05"], ["0.50"], ["1.00"]),
  gives("with a as (select 1 as x), b (y) as (select x + 1 from a) select y from b", ["2"]),
  gives("with emp as (select 'cte' as name) select name from emp", ["cte"]),
  gives("with emp as (select name from emp) select count(*) from emp", ["3"]),
  gives(
    "with recursive r as (select 1 as n union all select n + 1 from r where n < 12) select max(n), count(*) from r",
    ["12", "12"],
  ),
  gives(
    "with r (n, t) as (select 1, 'x' union all select n + 1, t || 'x' from r where n < 3) select t from r order by n desc limit 1",
    ["xxx"],
  ),
  fails("select 1 union select 1, 2", "001789", "expected 1, got 2 in branch {2}"),
  fails("select column1 from values ((select 1))", "002014", "in VALUES clause"),
];

// docs: querying-subqueries
const SUBQUERIES: readonly QueryCase[] = [
  gives("select name from emp where dept in (select id from dept where title = 'IT')", ["Cid"]),
  gives("select name from emp where dept not in (select id from dept where title = 'Sales')", [
    "Cid",
  ]),
  gives("select title from dept d where not exists (select 1 from emp where dept = d.id)", ["Law"]),
  gives("select name, (select title from dept d where d.id = e.dept) from emp e where id = 1", [
    "Ann",
    "Sales",
  ]),
  gives("select name from emp where salary > any (select salary from emp)", ["Bob"]),
  gives("select name from emp where id >= all (select id from emp)", ["Cid"]),
  gives("select name from emp where (id, dept) in (select 3, 20)", ["Cid"]),
  gives("select count(*) from sales_people s where s.name like 'A%'", ["1"]),
];

// docs: constructs/pivot, constructs/unpivot, constructs/connect-by, functions/flatten, functions/generator
const SHAPES: readonly QueryCase[] = [
  {
    sql: "select * from (select dept, salary from emp) pivot (max(salary) for dept in (10, 20)) as p",
    columns: ["10", "20"],
    rows: [["200.00", null]],
  },
  {
    sql: "select * from values ('a', 'x', 1), ('a', 'y', 2) t(k, q, n) pivot (sum(n) for q in ('x', 'y')) order by k",
    columns: ["K", "'x'", "'y'"],
    rows: [["a", "1", "2"]],
  },
  {
    sql: "select * from values ('a', 'x', 1), ('a', 'y', 2) t(k, q, n) pivot (sum(n) for q in (any order by q)) as p (k, one, two)",
    columns: ["K", "ONE", "TWO"],
    rows: [["a", "1", "2"]],
  },
  {
    sql: "select * from values ('a', 'x', 1) t(k, q, n) pivot (sum(n) for q in ('x' as ex, 'z' as zed) default on null (0))",
    columns: ["K", "EX", "ZED"],
    rows: [["a", "1", "0"]],
  },
  {
    sql: "select * from (select 1 as id, 2 as a, 3 as b, null::int as c) unpivot (v for k in (a, b as bee, c)) order by k",
    columns: ["ID", "K", "V"],
    rows: [
      ["1", "A", "2"],
      ["1", "BEE", "3"],
    ],
  },
  gives(
    "select count(*) from (select 1 as id, null::int as a) unpivot include nulls (v for k in (a))",
    ["1"],
  ),
  gives(
    "select level, sys_connect_by_path(name, '/'), connect_by_root name from values (1, 'A', null), (2, 'B', 1), (3, 'C', 2) t(id, name, boss) start with boss is null connect by prior id = boss order by level",
    ["1", "/A", "A"],
    ["2", "/A/B", "A"],
    ["3", "/A/B/C", "A"],
  ),
  gives(
    "select f.seq, f.index, f.value from docs, lateral flatten(input => v) f where id = 1",
    ["1", "0", "10"],
    ["1", "1", "20"],
  ),
  gives(
    "select f.key, f.path, f.value from docs, lateral flatten(v, recursive => true) f where id = 2",
    ["b", "b", "[30]"],
    [null, "b[0]", "30"],
  ),
  gives("select id from docs, lateral flatten(v, outer => true) where id = 3", ["3"]),
  gives("select id from docs, lateral flatten(v) where id = 3"),
  gives("select f2.value from docs d, lateral flatten(d.v) f, lateral flatten(f.value) f2", ["30"]),
  gives(
    "select id, (select count(*) from table(flatten(docs.v))) from docs order by 1",
    ["1", "2"],
    ["2", "1"],
    ["3", "0"],
  ),
  gives("select count(*) from table(generator(rowcount => 5))", ["5"]),
  gives("select count(*) from table(generator())", ["0"]),
  gives("select index, value from table(split_to_table('a.b', '.'))", ["1", "a"], ["2", "b"]),
  gives(
    "select t.id, s.value from values (1, 'x y'), (2, 'z') t(id, txt), lateral strtok_split_to_table(t.txt, ' ') s order by 1, 2",
    ["1", "x"],
    ["1", "y"],
    ["2", "z"],
  ),
  fails("select * from table(generator(rowcount => 5))", "001080", "SELECT with no columns"),
  fails(
    "select * from emp, table(generator(rowcount => id))",
    "002018",
    "required to be a constant",
  ),
  fails("select * from table(nope(1))", "002140", "Unknown function NOPE"),
];

export const QUERY_CASES: Readonly<Record<string, readonly QueryCase[]>> = {
  "output names": NAMES,
  scopes: SCOPES,
  stars: STARS,
  joins: JOINS,
  grouping: GROUPS,
  "order and windows": ORDER,
  "set operations and CTEs": SETS,
  subqueries: SUBQUERIES,
  "table constructs": SHAPES,
};
