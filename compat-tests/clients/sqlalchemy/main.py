"""SQLAlchemy against mockhaus: main.py <url>. Expected values are computed by hand."""

import datetime as dt
import sys
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parent.parent / "kit" / "python"))

import pandas
import sqlalchemy as sa
from snowflake.sqlalchemy import TIMESTAMP_NTZ, URL, VARIANT, MergeInto
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

from checks import check, equal, finish


def open_engine(**options):
    parts = urlsplit(sys.argv[2])
    address = URL(
        host=parts.hostname,
        port=parts.port,
        account="mockhaus",
        user="anybody",
        password="anything",
        **options,
    )
    return sa.create_engine(address, connect_args={"protocol": parts.scheme})


class Base(DeclarativeBase):
    pass


class Parent(Base):
    __tablename__ = "parent"
    id: Mapped[int] = mapped_column(sa.Integer, sa.Sequence("parent_seq"), primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(50), unique=True, comment="the name")
    born: Mapped[dt.date | None]
    children: Mapped[list["Child"]] = relationship(cascade="all, delete-orphan")


class Child(Base):
    __tablename__ = "child"
    id: Mapped[int] = mapped_column(sa.Integer, sa.Sequence("child_seq"), primary_key=True)
    parent_id: Mapped[int] = mapped_column(sa.ForeignKey("parent.id", name="fk_child_parent"))
    price: Mapped[Decimal | None] = mapped_column(sa.Numeric(10, 2))


with open_engine().begin() as first:
    first.execute(sa.text("create or replace database alchemy"))
engine = open_engine(database="ALCHEMY", schema="PUBLIC")


@check("create_all, and once more")
def _():
    Base.metadata.create_all(engine)
    Base.metadata.create_all(engine)


@check("reflection")
def _():
    with engine.begin() as connection:
        connection.execute(sa.text("create view names as select name from parent"))
    inspector = sa.inspect(engine)
    equal(sorted(inspector.get_table_names()), ["child", "parent"])
    equal(inspector.get_view_names(), ["names"])
    equal(sorted(inspector.get_sequence_names()), ["child_seq", "parent_seq"])
    equal("public" in inspector.get_schema_names(), True)
    equal(inspector.has_table("nowhere"), False)
    columns = {column["name"]: column for column in inspector.get_columns("parent")}
    equal(list(columns), ["id", "name", "born"])
    equal((columns["name"]["type"].length, columns["name"]["nullable"]), (50, False))
    equal((columns["name"]["comment"], columns["born"]["nullable"]), ("the name", True))
    equal(inspector.get_pk_constraint("child")["constrained_columns"], ["id"])
    (key,) = inspector.get_foreign_keys("child")
    equal(
        (key["name"], key["constrained_columns"], key["referred_table"], key["referred_columns"]),
        ("fk_child_parent", ["parent_id"], "parent", ["id"]),
    )
    (unique,) = inspector.get_unique_constraints("parent")
    equal(unique["column_names"], ["name"])
    reflected = sa.Table("child", sa.MetaData(), autoload_with=engine)
    equal((reflected.c.price.type.precision, reflected.c.price.type.scale), (10, 2))


@check("ORM: sequences, relationships, rollback")
def _():
    with Session(engine) as session:
        ann = Parent(name="ann", born=dt.date(1990, 1, 2))
        ann.children = [Child(price=Decimal("1.50")), Child(price=Decimal("2.25"))]
        session.add_all([ann, Parent(name="bob")])
        session.commit()
        counted = (
            sa.select(Parent.name, sa.func.count(Child.id), sa.func.sum(Child.price))
            .outerjoin(Child)
            .group_by(Parent.name)
            .order_by(Parent.name)
        )
        found = [tuple(row) for row in session.execute(counted)]
        equal(found, [("ann", 2, Decimal("3.75")), ("bob", 0, None)])
        session.add(Parent(name="cid"))
        session.rollback()
        equal(session.scalar(sa.select(sa.func.count()).select_from(Parent)), 2)
        session.delete(session.scalars(sa.select(Parent).where(Parent.name == "ann")).one())
        session.commit()
        equal(session.scalar(sa.select(sa.func.count()).select_from(Child)), 0)


@check("values of each type come back")
def _():
    table = sa.Table(
        "typed",
        sa.MetaData(),
        sa.Column("i", sa.BigInteger),
        sa.Column("s", sa.String),
        sa.Column("f", sa.Float),
        sa.Column("n", sa.Numeric(12, 3)),
        sa.Column("d", sa.Date),
        sa.Column("t", TIMESTAMP_NTZ),
        sa.Column("b", sa.Boolean),
        sa.Column("x", sa.LargeBinary),
    )
    row = (
        2**40,
        "x'\\y\n%s ü",
        1.5,
        Decimal("1.234"),
        dt.date(2024, 2, 29),
        dt.datetime(2024, 1, 2, 3, 4, 5, 678901),
        True,
        b"\x00\xff",
    )
    table.create(engine)
    with engine.begin() as connection:
        connection.execute(sa.insert(table), dict(zip(table.c.keys(), row)))
        found = tuple(connection.execute(sa.select(table)).one())
        equal(found[:-1] + (bytes(found[-1]),), row)
        many = [{"i": n, "s": f"n{n}"} for n in range(10, 15)]
        connection.execute(sa.insert(table), many)
        deleted = connection.execute(sa.delete(table).where(table.c.i.in_([10, 11])))
        equal(deleted.rowcount, 2)
        equal(connection.scalar(sa.select(sa.func.count()).select_from(table)), 4)


@check("VARIANT")
def _():
    table = sa.Table("docs", sa.MetaData(), sa.Column("id", sa.Integer), sa.Column("v", VARIANT))
    table.create(engine)
    with engine.begin() as connection:
        document = sa.func.parse_json('{"k": [1, 2]}')
        connection.execute(sa.insert(table).from_select(["id", "v"], sa.select(1, document)))
        equal(connection.scalar(sa.text("select v:k[1]::int from docs")), 2)


@check("MergeInto")
def _():
    metadata = sa.MetaData()
    tables = [
        sa.Table(name, metadata, sa.Column("id", sa.Integer), sa.Column("name", sa.String(50)))
        for name in ("target", "source")
    ]
    target, source = tables
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(sa.insert(target), [{"id": 1, "name": "one"}, {"id": 4, "name": "four"}])
        connection.execute(sa.insert(source), [{"id": 1, "name": "ONE"}, {"id": 3, "name": "3"}])
        merge = MergeInto(target=target, source=source, on=target.c.id == source.c.id)
        merge.when_matched_then_update().values(name=source.c.name)
        merge.when_not_matched_then_insert().values(id=source.c.id, name=source.c.name)
        connection.execute(merge)
        found = connection.execute(sa.select(target).order_by(target.c.id))
        equal([tuple(row) for row in found], [(1, "ONE"), (3, "3"), (4, "four")])


@check("pandas")
def _():
    frame = pandas.DataFrame({"id": [1, 2, 3], "x": [1.5, 2.5, 4.0]})
    frame.to_sql("frame", engine, index=False, if_exists="replace")
    frame.to_sql("frame", engine, index=False, if_exists="append", method="multi", chunksize=2)
    found = pandas.read_sql("select id, sum(x) as s from frame group by id order by id", engine)
    equal(found["s"].tolist(), [3.0, 5.0, 8.0])


@check("errors")
def _():
    try:
        with engine.begin() as connection:
            connection.execute(sa.text("select * from nowhere"))
    except sa.exc.ProgrammingError as error:
        equal((error.orig.errno, error.orig.sqlstate), (2003, "42S02"))
    else:
        raise AssertionError("there is no such table")


@check("drop_all")
def _():
    Base.metadata.drop_all(engine)
    equal(sa.inspect(engine).has_table("child"), False)
    equal(sa.inspect(engine).get_sequence_names(), [])


with engine.begin() as last:
    last.execute(sa.text("drop database alchemy"))
engine.dispose()
sys.exit(finish())
