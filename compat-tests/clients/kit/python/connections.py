"""connect(): names, ways to log in, parameters; and what a connection says of itself."""

import io
import json
import os
import tempfile
import webbrowser
from contextlib import redirect_stdout
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import snowflake.connector
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from snowflake.connector.errors import DatabaseError, InterfaceError

from checks import check, equal
from connecting import connect, failure, rows, value


def run(connection, url, modern):
    database = value(connection, "select current_database()")
    _places(connection, url, database, modern)
    _refused(url, database)
    _ways_in(url, modern)
    _parameters(url)
    _properties(url, database, modern)
    _ends(url, database, modern)


def _places(connection, url, database, modern):
    @check("names that do not exist leave the session without them")
    def _():
        lost = connect(url, database="nowhere", schema="nothing", warehouse="none")
        sql = "select current_database(), current_schema(), current_warehouse()"
        equal(rows(lost, sql), [(None, None, None)])
        # Version 5 gives what the login asked for where the server gives nothing.
        if not modern:
            equal((lost.database, lost.schema, lost.warehouse), (None, None, None))
        lost.close()

    @check("names in quotes, in any case, and after USE")
    def _():
        rows(connection, "create warehouse if not exists walked")
        rows(connection, "create role if not exists walker")
        one = connect(url, database=f'"{database}"', schema="public", warehouse="walked", role="walker")
        equal((one.database, one.schema, one.warehouse, one.role), (database, "PUBLIC", "WALKED", "WALKER"))
        rows(one, "create or replace schema walking")
        rows(one, f"use database {database}")
        rows(one, "use role public")
        rows(one, "use warehouse compute_wh")
        equal((one.schema, one.role, one.warehouse), ("PUBLIC", "PUBLIC", "COMPUTE_WH"))
        one.close()


def _refused(url, database):
    refusals = [
        ({"role": "nobody"}, 390189, "Role 'NOBODY' specified in the connect string does not exist or not authorized."),
        ({"database": "nowhere"}, 390201, "The requested database does not exist or not authorized."),
        ({"database": database, "schema": "none"}, 390201, "The requested schema does not exist or not authorized."),
        ({"warehouse": "none"}, 390201, "The requested warehouse does not exist or not authorized."),
        ({"session_parameters": {"TIMEZONE": "Mars/North"}}, 1008, "invalid value [Mars/North]"),
    ]
    for options, errno, message in refusals:

        @check(f"a login with {options} is refused")
        def _(options=options, errno=errno, message=message):
            error = failure(lambda: connect(url, validate_default_parameters=True, **options))
            equal(isinstance(error, DatabaseError), True, type(error).__name__)
            equal((error.errno, message in str(error)), (errno, True), str(error))

    @check("a user that is disabled")
    def _():
        admin = connect(url)
        rows(admin, "create or replace user barred disabled = true")
        error = failure(lambda: connect(url, user="barred"))
        equal((error.errno, "User access disabled." in str(error)), (390102, True), str(error))
        rows(admin, "drop user barred")
        admin.close()


def _ways_in(url, modern):
    parts = urlsplit(url)
    server = {"host": parts.hostname, "port": parts.port, "protocol": parts.scheme, "account": "mockhaus"}

    def who(**options):
        connection = snowflake.connector.connect(**server, **options)
        try:
            return value(connection, "select current_user()")
        finally:
            connection.close()

    # Version 5 opens the system's browser, whatever Python says.
    if not modern:

        @check("login by the browser")
        def _():
            def visit(address):
                Thread(target=lambda: urlopen(address).read()).start()
                return True

            opened, webbrowser.open_new = webbrowser.open_new, visit
            try:
                with redirect_stdout(io.StringIO()):
                    equal(who(user="jo", authenticator="externalbrowser"), "JO")
            finally:
                webbrowser.open_new = opened

    @check("an authenticator that mockhaus does not have is refused by its name")
    def _():
        data = {"AUTHENTICATOR": "https://acme.okta.com", "ACCOUNT_NAME": "mockhaus", "LOGIN_NAME": "jo"}
        asked = Request(
            f"{url}/session/authenticator-request",
            data=json.dumps({"data": data}).encode(),
            headers={"Content-Type": "application/json"},
        )
        answer = json.load(urlopen(asked))
        equal((answer["success"], answer["code"]), (False, "000002"))
        equal("authenticator HTTPS://ACME.OKTA.COM" in answer["message"], True, answer["message"])

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pkcs8 = serialization.PrivateFormat.PKCS8
    with tempfile.TemporaryDirectory() as folder:

        def written(name, content):
            path = Path(folder) / name
            path.write_bytes(content)
            os.chmod(path, 0o600)
            return path

        secret = serialization.BestAvailableEncryption(b"secret")
        key_file = str(written("key.pem", key.private_bytes(serialization.Encoding.PEM, pkcs8, secret)))
        plain = key.private_bytes(serialization.Encoding.DER, pkcs8, serialization.NoEncryption())
        token_file = str(written("token", b"opaque"))
        ways = {
            "a key pair": {"user": "jo", "private_key": plain},
            "a key pair in a file": {"user": "jo", "private_key_file": key_file, "private_key_file_pwd": "secret"},
            "OAuth": {"user": "jo", "authenticator": "oauth", "token": "opaque"},
            "OAuth, the token in a file": {"user": "jo", "authenticator": "oauth", "token_file_path": token_file},
            "a programmatic access token": {
                "user": "jo",
                "authenticator": "PROGRAMMATIC_ACCESS_TOKEN",
                "token": "opaque",
            },
            "a passcode": {"user": "jo", "password": "x", "passcode": "123456"},
            "MFA": {
                "user": "jo",
                "password": "x",
                "authenticator": "username_password_mfa",
                "passcode": "123456",
            },
        }
        for name, options in ways.items():

            @check(f"login by {name}")
            def _(options=options):
                equal(who(**options), "JO")

        for authenticator in ("oauth", "PROGRAMMATIC_ACCESS_TOKEN"):

            @check(f"an opaque token by {authenticator} needs no user")
            def _(authenticator=authenticator):
                equal(who(authenticator=authenticator, token="opaque"), "MOCKHAUS")

        @check("a named connection of a file")
        def _():
            text = f'[there]\nhost = "{parts.hostname}"\nport = {parts.port}\nprotocol = "{parts.scheme}"\n'
            file = written("connections.toml", f'{text}account = "mockhaus"\nuser = "tom"\npassword = "x"\n'.encode())
            named = snowflake.connector.connect(connection_name="there", connections_file_path=file)
            equal(value(named, "select current_user()"), "TOM")
            named.close()


def _parameters(url):
    def shown(connection, name):
        return rows(connection, f"show parameters like '{name}' in session")[0][1]

    @check("parameters of connect() are parameters of the session")
    def _():
        connection = connect(
            url,
            autocommit=False,
            timezone="Asia/Tokyo",
            client_session_keep_alive=True,
            client_session_keep_alive_heartbeat_frequency=901,
            login_timeout=30,
            network_timeout=60,
            application="walk_through",
            session_parameters={"QUERY_TAG": "walk", "WEEK_START": 3, "NO_SUCH_PARAMETER": 1},
        )
        names = "AUTOCOMMIT TIMEZONE CLIENT_SESSION_KEEP_ALIVE CLIENT_SESSION_KEEP_ALIVE_HEARTBEAT_FREQUENCY QUERY_TAG"
        got = [shown(connection, name) for name in [*names.split(), "WEEK_START"]]
        equal(got, ["false", "Asia/Tokyo", "true", "901", "walk", "3"])
        connection.close()

    @check("an account with its region")
    def _():
        connection = connect(url, account="acme.us-east-1")
        equal(value(connection, "select current_account()"), "ACME")
        connection.close()


def _properties(url, database, modern):
    @check("what a connection says of itself")
    def _():
        connection = connect(url, database=database)
        equal((connection.is_closed(), connection.is_valid(), connection.expired), (False, True, False))
        equal((connection.account, connection.user), ("mockhaus", "anybody"))
        equal(str(connection.session_id), value(connection, "select current_session()"))
        equal((list(connection.messages), connection.telemetry_enabled), ([], False))
        connection.close()
        equal((connection.is_closed(), connection.is_valid()), (True, False))

    @check("a heartbeat, and telemetry when it is asked for")
    def _():
        connection = connect(
            url, client_session_keep_alive=True, session_parameters={"CLIENT_TELEMETRY_ENABLED": True}
        )
        equal(connection.telemetry_enabled, True)
        if not modern:
            equal(connection.rest._heartbeat()["success"], True)
        equal(value(connection, "select 1"), 1)
        connection.close()

    if not modern:

        @check("the tokens of another connection")
        def _():
            first = connect(url)
            tokens = {"session_token": first.rest.token, "master_token": first.rest.master_token}
            second = connect(url, **tokens, master_validity_in_seconds=14400)
            sql = "select current_session()"
            equal(value(second, sql), value(first, sql))
            first.close()


def _ends(url, database, modern):
    @check("a closed connection and a closed cursor")
    def _():
        connection = connect(url)
        cursor = connection.cursor()
        cursor.close()
        error = failure(lambda: cursor.execute("select 1"))
        equal((isinstance(error, InterfaceError), error.errno), (True, 252006))
        equal(cursor.is_closed(), True)
        connection.close()
        connection.close()
        error = failure(connection.cursor)
        equal((isinstance(error, DatabaseError), error.errno, error.sqlstate), (True, 250002, "08003"))

    @check("a connection as a context manager commits, or rolls back after an exception")
    def _():
        with connect(url, database=database, autocommit=False) as connection:
            rows(connection, "create or replace table public.managed (a int)")
            rows(connection, "insert into public.managed values (1)")
        try:
            with connect(url, database=database, autocommit=False) as connection:
                rows(connection, "insert into public.managed values (2)")
                raise LookupError
        except LookupError:
            pass
        with connect(url, database=database) as connection:
            equal(rows(connection, "select a from public.managed"), [(1,)])

    del modern
