"""The Python connector against mockhaus: main.py <client> <url> <url of the expiring proxy>"""

import sys

import snowflake.connector

import asyncio_api
import bind_types
import binds
import checks
import connections
import cursors
import errors
import formats
import pandas_results
import results
import sessions
import stages
import types_of_values
import write_pandas
from connecting import connect, rows

PARTS = (
    connections,
    types_of_values,
    formats,
    binds,
    bind_types,
    cursors,
    results,
    pandas_results,
    errors,
    stages,
    write_pandas,
    asyncio_api,
)


def main():
    client, url, proxy = sys.argv[1:4]
    modern = int(snowflake.connector.__version__.split(".")[0]) >= 5
    try:
        connection = connect(url)
        rows(connection, f"create or replace database {client}")
        for part in PARTS:
            part.run(connection, url, modern)
        sessions.run(client, url, proxy, modern)
        rows(connection, f"drop database {client}")
        connection.close()
    except Exception:

        @checks.check("the test itself")
        def _():
            raise

    return checks.finish()


sys.exit(main())
