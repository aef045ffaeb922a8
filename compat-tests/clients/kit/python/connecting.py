"""Connections and small helpers that the checks share."""

from urllib.parse import urlsplit

import snowflake.connector


def connect(url, **options):
    parts = urlsplit(url)
    return snowflake.connector.connect(
        host=parts.hostname,
        port=parts.port,
        protocol=parts.scheme,
        account="mockhaus",
        user="anybody",
        password="anything",
        **options,
    )


def rows(connection, sql, params=None):
    with connection.cursor() as cursor:
        return cursor.execute(sql, params).fetchall()


def value(connection, sql, params=None):
    return rows(connection, sql, params)[0][0]


def error_of(connection, sql, params=None):
    """The error of a statement that must fail."""
    try:
        rows(connection, sql, params)
    except snowflake.connector.errors.Error as error:
        return error
    raise AssertionError(f"did not fail: {sql}")
