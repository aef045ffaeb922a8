"""Connections and small helpers that the checks share."""

from urllib.parse import urlsplit

import snowflake.connector


def connect(url, **options):
    parts = urlsplit(url)
    known = {"account": "mockhaus", "user": "anybody", "password": "anything"}
    place = {"host": parts.hostname, "port": parts.port, "protocol": parts.scheme}
    return snowflake.connector.connect(**{**place, **known, **options})


def rows(connection, sql, params=None):
    with connection.cursor() as cursor:
        return cursor.execute(sql, params).fetchall()


def value(connection, sql, params=None):
    return rows(connection, sql, params)[0][0]


def error_of(connection, sql, params=None):
    """The error of a statement that must fail."""
    return failure(lambda: rows(connection, sql, params), sql)


def failure(work, what="it"):
    """The connector's error of work that must fail."""
    try:
        work()
    except snowflake.connector.errors.Error as error:
        return error
    raise AssertionError(f"did not fail: {what}")
