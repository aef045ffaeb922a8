"""Logging in, current names, renewal of expired tokens, end of a session."""

import json
from urllib.request import urlopen

from snowflake.connector.errors import Error

from checks import check, equal
from connecting import connect, rows, value


def run(client, url, proxy, modern):
    del modern
    _names(client, url)
    _renewal(client, proxy)
    _close(client, url)


def _names(client, url):
    @check("names at login, and after USE")
    def _():
        connection = connect(url, database=client, schema="public", warehouse="compute_wh")
        sql = "select current_database(), current_schema(), current_warehouse(), current_user()"
        equal(rows(connection, sql), [(client.upper(), "PUBLIC", "COMPUTE_WH", "ANYBODY")])
        rows(connection, "create or replace schema other")
        equal((connection.database, connection.schema), (client.upper(), "OTHER"))
        rows(connection, "use schema public")
        equal(connection.schema, "PUBLIC")
        connection.close()

    @check("session parameters at login and by ALTER SESSION")
    def _():
        connection = connect(url, session_parameters={"DATE_OUTPUT_FORMAT": "DD.MM.YYYY"})
        equal(value(connection, "select to_char('2024-03-01'::date)"), "01.03.2024")
        rows(connection, "alter session set date_output_format = 'YYYY/MM/DD'")
        equal(value(connection, "select to_char('2024-03-01'::date)"), "2024/03/01")
        connection.close()


def _renewal(client, proxy):
    @check("an expired session is renewed, and keeps its state")
    def _():
        connection = connect(proxy, database=client, schema="public")
        rows(connection, "create temporary table kept as select 7 as a")
        rows(connection, "set kept = 8")
        urlopen(f"{proxy}/proxy/expire").read()
        equal(rows(connection, "select a, $kept from kept"), [(7, 8)])
        seen = json.load(urlopen(f"{proxy}/proxy/seen"))
        equal("/session/token-request" in seen, True, "the connector asked for new tokens")
        connection.close()
        equal("/session" in json.load(urlopen(f"{proxy}/proxy/seen")), True, "the session was closed")


def _close(client, url):
    @check("a closed connection rolls back and refuses")
    def _():
        connection = connect(url, database=client, schema="public")
        rows(connection, "create or replace table left_open (a int)")
        rows(connection, "begin")
        rows(connection, "insert into left_open values (1)")
        connection.close()
        equal(connection.is_closed(), True)
        try:
            rows(connection, "select 1")
        except Error:
            pass
        else:
            raise AssertionError("a closed connection ran a statement")
        other = connect(url, database=client, schema="public")
        equal(value(other, "select count(*) from left_open"), 0)
        other.close()
