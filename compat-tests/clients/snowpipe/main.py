"""Snowflake's ingest library against mockhaus: main.py <name> <url>. Expected values are computed by hand."""

import datetime as dt
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parent.parent / "kit" / "python"))

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from snowflake.ingest import SimpleIngestManager, StagedFile
from snowflake.ingest.error import IngestResponseError

from checks import check, equal, finish
from connecting import connect, rows

URL = sys.argv[2]
STARTED = dt.datetime.now(dt.timezone.utc) - dt.timedelta(minutes=1)


def private_key():
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


KEY = private_key()


def manager(pipe):
    parts = urlsplit(URL)
    return SimpleIngestManager(
        account="mockhaus",
        user="loader",
        pipe=pipe,
        private_key=KEY,
        scheme=parts.scheme,
        host=parts.hostname,
        port=parts.port,
    )


def wait_for(found):
    """The first answer that is something. A server that never answers so ends the test."""
    deadline = time.monotonic() + 60
    while True:
        answer = found()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError("nothing happened within a minute")
        time.sleep(0.02)


connection = connect(URL)
rows(connection, "create or replace database ingest")
rows(connection, "create table t (a int, b varchar)")
rows(connection, "create stage s")
rows(connection, "create pipe manual as copy into t from @s/manual/")
rows(connection, "create table watched (a int)")
rows(connection, "create pipe automatic auto_ingest = true as copy into watched from @s/watched/")
folder = Path(tempfile.mkdtemp())


def put(name, text, target):
    file = folder / name
    file.write_text(text)
    rows(connection, f"put file://{file} {target} auto_compress = true")
    return f"{name}.gz"


@check("files that are ingested, and their report")
def _():
    good = put("good.csv", "1,one\n2,two\n", "@s/manual")
    bad = put("bad.csv", "x,y\n", "@s/manual")
    ingest = manager("ingest.public.manual")
    answer = ingest.ingest_files([StagedFile(good, None), StagedFile(bad, 10)])
    equal(answer["responseCode"], "SUCCESS")
    files = []

    def all_reported():
        files.extend(ingest.get_history()["files"])
        return len(files) >= 2

    wait_for(all_reported)
    seen = [(f["path"], f["status"], f["rowsInserted"], f["errorsSeen"]) for f in files]
    equal(seen, [("manual/good.csv.gz", "LOADED", 2, 0), ("manual/bad.csv.gz", "LOAD_FAILED", 0, 1)])
    equal(rows(connection, "select * from t order by a"), [(1, "one"), (2, "two")])


@check("a report goes on where the last one ended")
def _():
    ingest = manager("INGEST.PUBLIC.MANUAL")
    equal(len(ingest.get_history()["files"]), 2)
    equal(ingest.get_history()["files"], [])
    equal(len(ingest.get_history(recent_seconds=600)["files"]), 0)


@check("the history of a range of time")
def _():
    ingest = manager("ingest.public.manual")
    history = ingest.get_history_range(STARTED.isoformat())
    equal(history["completeResult"], True)
    equal(history["pipe"], "INGEST.PUBLIC.MANUAL")
    equal([f["path"] for f in history["files"]], ["manual/good.csv.gz", "manual/bad.csv.gz"])
    empty = ingest.get_history_range("2001-01-01T00:00:00Z", "2001-01-02T00:00:00Z")
    equal(empty["files"], [])


@check("a pipe that is not there")
def _():
    try:
        manager("ingest.public.nothing").ingest_files([StagedFile("a.csv", None)])
    except IngestResponseError as error:
        equal(error.http_error_code, 404)
        equal(error.code, "390404")
        return
    raise AssertionError("a pipe that is not there took a file")


@check("a PUT that a pipe with AUTO_INGEST loads without a call")
def _():
    put("first.csv", "1\n", "@s/watched")
    put("second.csv", "2\n", "@s/watched")
    wait_for(lambda: rows(connection, "select count(*) from watched")[0][0] >= 2)
    equal(rows(connection, "select a from watched order by a"), [(1,), (2,)])


@check("ALTER PIPE REFRESH sends nothing that is loaded")
def _():
    rows(connection, "truncate table watched")
    equal(rows(connection, "alter pipe automatic refresh"), [])


connection.close()
sys.exit(finish())
