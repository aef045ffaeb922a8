"""snowflake.core: objects of the account as Python objects, over the object REST API."""

from checks import check, equal
from snowflake.core import CreateMode, Root
from snowflake.core.database import Database
from snowflake.core.exceptions import ConflictError, NotFoundError
from snowflake.core.role import Role, Securable
from snowflake.core.schema import Schema
from snowflake.core.sequence import Sequence
from snowflake.core.stage import Stage
from snowflake.core.table import PrimaryKey, Table, TableColumn
from snowflake.core.task import Task
from snowflake.core.user import Securable as RoleOfUser
from snowflake.core.user import User
from snowflake.core.view import View, ViewColumn
from snowflake.core.warehouse import Warehouse


def run(connection):
    root = Root(connection)
    databases(root)
    schemas(root)
    tables(root, connection)
    schema_objects(root)
    accounts(root)


def raises(expected, work):
    try:
        work()
    except expected:
        return
    raise AssertionError(f"no {expected.__name__}")


def databases(root):
    @check("databases: create, iterate, fetch")
    def _():
        made = root.databases.create(Database(name="core_db", comment="it's a test"))
        fetched = made.fetch()
        equal((fetched.name, fetched.comment), ("CORE_DB", "it's a test"))
        equal(fetched.owner, "ACCOUNTADMIN")
        found = [item.name for item in root.databases.iter(like="core%")]
        equal(found, ["CORE_DB"])

    @check("databases: what is there, what is not")
    def _():
        raises(ConflictError, lambda: root.databases.create(Database(name="core_db")))
        root.databases.create(Database(name="core_db"), mode=CreateMode.if_not_exists)
        raises(NotFoundError, lambda: root.databases["no_such_db"].fetch())

    @check("databases: create_or_alter, clone, drop, undrop")
    def _():
        database = root.databases["core_db"].fetch()
        database.comment = "changed"
        root.databases["core_db"].create_or_alter(database)
        equal(root.databases["core_db"].fetch().comment, "changed")
        root.databases.create(Database(name="core_copy"), clone="core_db")
        root.databases["core_copy"].drop()
        raises(NotFoundError, lambda: root.databases["core_copy"].fetch())
        root.databases["core_copy"].undrop()
        root.databases["core_copy"].drop()
        root.databases["core_copy"].drop(if_exists=True)


def schemas(root):
    @check("schemas: create, iterate, fetch, drop")
    def _():
        schemas = root.databases["core_db"].schemas
        schemas.create(Schema(name='"Mixed Case"', comment="s"))
        found = [item.name for item in schemas.iter(starts_with="Mixed")]
        equal(found, ['"Mixed Case"'])
        fetched = schemas['"Mixed Case"'].fetch()
        equal((fetched.comment, fetched.database_name), ("s", "CORE_DB"))
        schemas['"Mixed Case"'].drop()
        raises(NotFoundError, lambda: schemas['"Mixed Case"'].fetch())


def tables(root, connection):
    tables = root.databases["core_db"].schemas["public"].tables

    @check("tables: create, fetch, create_or_alter")
    def _():
        columns = [
            TableColumn(name="id", datatype="int", nullable=False),
            TableColumn(name="label", datatype="varchar(10)", comment="c"),
        ]
        key = PrimaryKey(name="pk", column_names=["id"])
        tables.create(Table(name="items", columns=columns, constraints=[key], comment="t"))
        connection.cursor().execute("insert into core_db.public.items values (1, 'a'), (2, 'b')")
        table = tables["items"].fetch()
        equal((table.name, table.rows, table.comment), ("ITEMS", 2, "t"))
        equal([c.datatype for c in table.columns], ["NUMBER(38,0)", "VARCHAR(10)"])
        equal([(c.name, c.column_names) for c in table.constraints], [("PK", ["ID"])])
        table.columns.append(TableColumn(name="price", datatype="number(8,2)"))
        tables["items"].create_or_alter(table)
        equal([c.name for c in tables["items"].fetch().columns], ["ID", "LABEL", "PRICE"])

    @check("tables: from a query, like another, clone, swap, drop, undrop")
    def _():
        tables.create(Table(name="made"), as_select="select id from core_db.public.items")
        equal(tables["made"].fetch().rows, 2)
        tables.create("alike", like_table="made")
        equal(tables["alike"].fetch().rows, 0)
        tables.create("cloned", clone_table="made")
        tables["alike"].swap_with("cloned")
        equal(tables["alike"].fetch().rows, 2)
        tables["alike"].drop()
        found = sorted(item.name for item in tables.iter())
        equal(found, ["CLONED", "ITEMS", "MADE"])
        tables["alike"].undrop()
        equal(tables["alike"].fetch().rows, 2)


def schema_objects(root):
    schema = root.databases["core_db"].schemas["public"]

    @check("views")
    def _():
        columns = [ViewColumn(name="n")]
        query = "select id from core_db.public.items"
        schema.views.create(View(name="seen", columns=columns, query=query))
        fetched = schema.views["seen"].fetch()
        equal((fetched.name, [c.name for c in fetched.columns]), ("SEEN", ["N"]))
        schema.views["seen"].drop()

    @check("stages, and their files")
    def _():
        schema.stages.create(Stage(name="files", comment="f"))
        equal(schema.stages["files"].fetch().comment, "f")
        equal(list(schema.stages["files"].list_files()), [])
        schema.stages["files"].drop()

    @check("sequences")
    def _():
        schema.sequences.create(Sequence(name="counter", start=5, increment=5))
        fetched = schema.sequences["counter"].fetch()
        equal((fetched.start, fetched.increment), (5, 5))
        schema.sequences["counter"].drop()

    @check("tasks")
    def _():
        task = Task(name="later", definition="select 1", warehouse="compute_wh")
        schema.tasks.create(task)
        schema.tasks["later"].execute()
        fetched = schema.tasks["later"].fetch()
        equal((fetched.definition, fetched.state), ("select 1", "suspended"))
        schema.tasks["later"].drop()


def accounts(root):
    @check("warehouses: create, fetch, suspend, resume, rename, drop")
    def _():
        root.warehouses.create(Warehouse(name="core_wh", warehouse_size="SMALL", auto_suspend=60))
        warehouse = root.warehouses["core_wh"]
        fetched = warehouse.fetch()
        equal((fetched.warehouse_size, fetched.auto_suspend), ("SMALL", 60))
        warehouse.suspend()
        equal(warehouse.fetch().state, "SUSPENDED")
        warehouse.resume()
        equal(warehouse.fetch().state, "STARTED")
        warehouse.rename("core_wh_2")
        equal([item.name for item in root.warehouses.iter(like="core%")], ["CORE_WH_2"])
        root.warehouses["core_wh_2"].drop()

    @check("roles and users: create, grant, iterate, drop")
    def _():
        root.roles.create(Role(name="core_role", comment="r"))
        equal([item.comment for item in root.roles.iter(like="core_role")], ["r"])
        role = root.roles["core_role"]
        role.grant_privileges(["USAGE"], "DATABASE", Securable(name="core_db"))
        grants = [(g.securable_type, g.securable.name, g.privileges) for g in role.iter_grants_to()]
        equal(grants, [("DATABASE", "CORE_DB", ["USAGE"])])
        root.users.create(User(name="core_user", password="any", default_role="core_role"))
        root.users["core_user"].grant_role("ROLE", RoleOfUser(name="core_role"))
        equal(root.users["core_user"].fetch().default_role, "CORE_ROLE")
        held = [g.securable.name for g in root.users["core_user"].iter_grants_to()]
        equal(held, ["CORE_ROLE"])
        root.users["core_user"].drop()
        role.drop()

    @check("databases: drop")
    def _():
        root.databases["core_db"].drop()
        equal([item.name for item in root.databases.iter(like="core%")], [])
