"""dbt against mockhaus: main.py dbt <url>"""

import os
import sys
import tempfile
from pathlib import Path

import checks
from connecting import connect
from projects import copied, run_all, snippet

import builds
import commands
import dynamic
from dbt_runs import Dbt

# What somebody has loaded before dbt comes. The account's time zone is not UTC.
LOADED = [
    "create database demo",
    "create role analyst",
    "create role auditor",
    "create schema demo.raw_shop",
    "create table demo.raw_shop.payments (payment_id int, doc variant, loaded_at timestamp_ltz)",
    """insert into demo.raw_shop.payments
       select column1, parse_json(column2), dateadd(hour, -column1, current_timestamp()) from values
       (1, '{"rental": 101, "method": "card", "parts": [{"amount": 4.5}]}'),
       (2, '{"rental": 102, "method": "cash", "parts": [{"amount": 20}, {"amount": 4.00}]}'),
       (3, '{"rental": 103, "method": "card", "parts": [{"amount": 6.75}]}')""",
    "create table demo.raw_shop.complaints (id int, loaded_at timestamp_tz)",
    "insert into demo.raw_shop.complaints select 1, dateadd(day, -7, current_timestamp())",
]


def main():
    url = sys.argv[2]
    connection = connect(url)
    run_all(connection, LOADED)
    with tempfile.TemporaryDirectory() as folder:
        project = copied(Path(__file__).parent / "project", folder)
        profile = snippet("yaml", url)
        copy = profile.split("    dev:\n")[1].replace("schema: DBT", "schema: COPY")
        (project / "profiles.yml").write_text(f"{profile}    copy:\n{copy}", "utf8")
        os.chdir(project)
        dbt = Dbt()
        builds.first(dbt, connection)
        builds.catalog(dbt, connection)
        builds.second(dbt, connection)
        commands.run(dbt, connection)
        dynamic.run(dbt, connection)
        os.chdir(Path(__file__).parent)
    connection.close()
    return checks.finish()


sys.exit(main())
