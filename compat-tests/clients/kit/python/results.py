"""Large results, results by query id, asynchronous statements, several statements."""

import time

from snowflake.connector import DictCursor

from checks import check, equal
from connecting import rows, value

ROWS = 120_000
LARGE = f"""select n, 'row ' || n as name, (n / 4)::number(12,2) as quarter, iff(n % 10 = 0, null, n) as gaps,
  to_timestamp_ntz(n) as at from (select seq4() as n from table(generator(rowcount => {ROWS})))"""


def run(connection, url, modern):
    del url, modern
    _large(connection)
    _by_id(connection)
    _several(connection)


def _large(connection):
    @check(f"all of {ROWS} rows")
    def _():
        with connection.cursor() as cursor:
            cursor.execute(LARGE)
            equal(cursor.rowcount, ROWS)
            count = total = gaps = 0
            for n, name, quarter, gap, _ in cursor:
                count += 1
                total += n
                gaps += gap is None
                if name != f"row {n}" or quarter * 4 != n:
                    raise AssertionError(f"row {n} has {name} and {quarter}")
            equal((count, total, gaps), (ROWS, ROWS * (ROWS - 1) // 2, ROWS // 10))

    @check("a large result in its order")
    def _():
        got = rows(connection, f"select n from ({LARGE}) order by n desc")
        equal((len(got), got[0], got[-1]), (ROWS, (ROWS - 1,), (0,)))

    @check("rows as dictionaries")
    def _():
        with connection.cursor(DictCursor) as cursor:
            equal(cursor.execute("select 1 as a, 'x' as \"b\"").fetchall(), [{"A": 1, "b": "x"}])


def _by_id(connection):
    @check("the result of an earlier statement")
    def _():
        with connection.cursor() as cursor:
            query_id = cursor.execute("select 1 as a, 'x' as b").sfqid
        with connection.cursor() as cursor:
            cursor.get_results_from_sfqid(query_id)
            equal(cursor.fetchall(), [(1, "x")])
        equal(rows(connection, f"select b from table(result_scan('{query_id}'))"), [("x",)])

    @check("an asynchronous statement")
    def _():
        with connection.cursor() as cursor:
            cursor.execute_async(
                "select count(*) from table(generator(rowcount => 100000)) where hash(seq4()) != 0"
            )
            query_id = cursor.sfqid
            deadline = time.monotonic() + 30
            while connection.is_still_running(connection.get_query_status(query_id)):
                if time.monotonic() > deadline:
                    raise AssertionError("still running")
                time.sleep(0.1)
            equal(connection.get_query_status_throw_if_error(query_id).name, "SUCCESS")
            cursor.get_results_from_sfqid(query_id)
            equal(cursor.fetchall(), [(100_000,)])

    @check("an asynchronous statement that fails")
    def _():
        with connection.cursor() as cursor:
            cursor.execute_async("select 1 / 0")
            try:
                cursor.get_results_from_sfqid(cursor.sfqid)
                cursor.fetchall()
            except Exception as error:
                equal("Division by zero" in str(error), True, str(error))
            else:
                raise AssertionError("did not fail")


def _several(connection):
    @check("execute_string runs statement by statement")
    def _():
        text = "create or replace table es (a int); insert into es values (1), (2); -- done\nselect sum(a) from es;"
        got = [cursor.fetchall() for cursor in connection.execute_string(text)]
        equal(got, [[("Table ES successfully created.",)], [(2,)], [(3,)]])

    @check("several statements in one request")
    def _():
        with connection.cursor() as cursor:
            cursor.execute("select 1 as a; select 'x' as b, 2 as c;", num_statements=2)
            first = cursor.fetchall()
            equal(cursor.nextset() is not None, True)
            equal((first, cursor.fetchall()), ([(1,)], [("x", 2)]))

    @check("transactions")
    def _():
        rows(connection, "create or replace table tx (a int)")
        connection.autocommit(False)
        rows(connection, "insert into tx values (1)")
        connection.rollback()
        equal(value(connection, "select count(*) from tx"), 0)
        rows(connection, "insert into tx values (2)")
        connection.commit()
        connection.autocommit(True)
        equal(rows(connection, "select * from tx"), [(2,)])
