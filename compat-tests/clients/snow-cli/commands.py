"""Connections, SQL and objects."""

import json

from checks import check, equal


def run(snow, folder):
    connecting(snow)
    sql(snow, folder)
    objects(snow)
    refusals(snow)


def contains(text, *pieces):
    for piece in pieces:
        if piece not in text:
            raise AssertionError(f"{piece!r} is not in {text!r}")


def connecting(snow):
    @check("snow connection test")
    def _():
        shown = snow.json("connection", "test")
        equal((shown["Status"], shown["User"], shown["Role"]), ("OK", "me", "ACCOUNTADMIN"))

    @check("the connection is where its configuration says")
    def _():
        (row,) = snow.json("sql", "-q", "select current_database(), current_schema()")
        equal(list(row.values()), ["CLI_DB", "PUBLIC"])


def sql(snow, folder):
    @check("snow sql -q: types as JSON")
    def _():
        (row,) = snow.json("sql", "-q", "select 1 a, 'x' b, true c, null d, 1.5::float e")
        equal(row, {"A": 1, "B": "x", "C": True, "D": None, "E": 1.5})

    @check("snow sql -q: several statements")
    def _():
        results = snow.json("sql", "-q", "select 1 a; select 2 b union all select 3 order by b")
        equal(results, [[{"A": 1}], [{"B": 2}, {"B": 3}]])

    @check("snow sql -f, with variables of both kinds")
    def _():
        file = folder / "script.sql"
        file.write_text(
            "create or replace table cli_db.public.numbers as select &first n;\n"
            "insert into cli_db.public.numbers select <% second %>;\n"
            "select sum(n) as total from cli_db.public.numbers;\n",
            encoding="utf-8",
        )
        results = snow.json("sql", "-f", file, "-D", "first=40", "-D", "second=2")
        equal(results[-1], [{"TOTAL": 42}])

    @check("snow sql: errors have Snowflake's text")
    def _():
        error = snow.error("sql", "-q", "select nope")
        contains(error, "000904 (42000)", "SQL compilation error", "invalid identifier 'NOPE'")
        contains(snow.error("sql", "-q", "select * from missing_db.public.t"), "002003 (42S02)")

    @check("snow sql --format csv")
    def _():
        shown = snow.text("sql", "-q", "select 1 a, 'x' b", "--format", "csv")
        equal(shown.split(), ["A,B", "1,x"])

    @check("snow sql -q '!queries'")
    def _():
        snow.text("sql", "-q", "select 'look for me'")
        found = snow.json("sql", "-q", "!queries amount=1 type=SELECT")
        equal([item["SQL TEXT"] for item in found], ["select 'look for me'"])
        equal([item["STATUS"] for item in found], ["SUCCESS"])
        snow.error("sql", "-q", "select not_there")
        (failed,) = snow.json("sql", "-q", "!queries amount=1 status=FAILED")
        equal((failed["SQL TEXT"], failed["STATUS"]), ("select not_there", "FAILED_WITH_ERROR"))


def objects(snow):
    @check("snow object create: database, schema, table, warehouse, role, view")
    def _():
        database = snow.text("object", "create", "database", "name=cli_more", "comment=it's mine")
        contains(database, "Database CLI_MORE successfully created.")
        contains(snow.text("object", "create", "schema", "name=made"), "Schema MADE")
        table = {
            "name": "items",
            "columns": [
                {"name": "id", "datatype": "int", "nullable": False},
                {"name": "label", "datatype": "varchar(20)", "default": "'none'"},
            ],
        }
        made = snow.text("object", "create", "table", "--json", json.dumps(table))
        contains(made, "Table ITEMS successfully created.")
        contains(snow.text("object", "create", "warehouse", "name=cli_wh"), "Warehouse CLI_WH")
        contains(snow.text("object", "create", "role", "name=cli_role"), "Role CLI_ROLE")
        view = {"name": "seen", "columns": [{"name": "id"}], "query": "select id from items"}
        contains(snow.text("object", "create", "view", "--json", json.dumps(view)), "View SEEN")

    @check("snow object list")
    def _():
        found = snow.json("object", "list", "database", "--like", "CLI_M%")
        equal([(item["name"], item["comment"]) for item in found], [("CLI_MORE", "it's mine")])
        found = snow.json("object", "list", "table", "--in", "database", "cli_db")
        equal(sorted(item["name"] for item in found), ["ITEMS", "NUMBERS"])

    @check("snow object describe")
    def _():
        found = snow.json("object", "describe", "table", "cli_db.public.items")
        equal(
            [(item["name"], item["type"], item["null?"], item["default"]) for item in found],
            [("ID", "NUMBER(38,0)", "N", None), ("LABEL", "VARCHAR(20)", "Y", "'none'")],
        )

    @check("snow object create --if-not-exists and --replace")
    def _():
        again = snow.text("object", "create", "role", "name=cli_role", "--if-not-exists")
        contains(again, "CLI_ROLE already exists, statement succeeded.")
        replaced = snow.text("object", "create", "role", "name=cli_role", "--replace")
        contains(replaced, "Role CLI_ROLE successfully created.")

    @check("snow object drop")
    def _():
        contains(snow.text("object", "drop", "table", "cli_db.public.items"), "ITEMS successfully")
        contains(snow.error("object", "describe", "table", "cli_db.public.items"), "002003")
        contains(snow.text("object", "drop", "warehouse", "cli_wh"), "CLI_WH successfully dropped")


def refusals(snow):
    @check("snow object create: what is there already, what is no property, what is no resource")
    def _():
        contains(snow.error("object", "create", "database", "name=cli_more"), "409")
        contains(snow.error("object", "create", "role", "name=x", "colour=red"), "400")
        unknown = snow.error("object", "create", "pipe", "name=x")
        contains(unknown, "Create operation for type pipe is not supported")
        missing = snow.error("object", "create", "table", "name=x", "--database", "no_such_db")
        contains(missing, "Database not defined in connection")
