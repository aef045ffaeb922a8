"""PUT, GET, LIST and REMOVE: files that travel between this machine and stages."""

import bz2
import gzip
import io
import json
import os
import tempfile
from urllib.request import urlopen

import snowflake.connector
from snowflake.connector.errors import Error, ProgrammingError

from checks import check, equal
from connecting import failure, rows, value


BIG = 12_000_000


def run(connection, url, modern):
    del url
    with tempfile.TemporaryDirectory() as folder:
        _put(connection, folder)
        _get(connection, folder, modern)
        _options(connection, folder)
        _streams(connection, modern)
        _places(connection, folder)
        _values(connection)
        _large(connection, folder)
        _refused(connection, folder)


def _write(folder, name, content):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(content if isinstance(content, bytes) else content.encode())
    return path


def _read(path):
    with open(path, "rb") as file:
        return file.read()


def _names(connection, stage):
    return [row[0] for row in rows(connection, f"list {stage}")]


def _put(connection, folder):
    @check("PUT compresses, and LIST shows what is there")
    def _():
        rows(connection, "create or replace stage st")
        path = _write(folder, "one.csv", "1,a\n2,b\n")
        with connection.cursor() as cursor:
            cursor.execute(f"put file://{path} @st")
            equal(
                [column[0] for column in cursor.description],
                [
                    "source",
                    "target",
                    "source_size",
                    "target_size",
                    "source_compression",
                    "target_compression",
                    "status",
                    "message",
                ],
            )
            (row,) = cursor.fetchall()
        equal((row[0], row[1], row[2]), ("one.csv", "one.csv.gz", 8))
        equal((row[4], row[5], row[6]), ("NONE", "GZIP", "UPLOADED"))
        ((name, size, md5, modified),) = rows(connection, "list @st")
        equal((name, len(md5)), ("st/one.csv.gz", 32))
        assert size > 0 and modified.endswith(" GMT"), (size, modified)

    @check("PUT of several files by a wildcard, into a directory")
    def _():
        for name in ("w1.txt", "w2.txt", "other.csv"):
            _write(folder, f"wild/{name}", name)
        put = f"put file://{folder}/wild/w*.txt @st/into/dir auto_compress = false"
        equal(sorted(row[1] for row in rows(connection, put)), ["w1.txt", "w2.txt"])
        equal(_names(connection, "@st/into"), ["st/into/dir/w1.txt", "st/into/dir/w2.txt"])

    @check("PUT of a file that is compressed already")
    def _():
        path = _write(folder, "packed.csv.gz", gzip.compress(b"x,y\n"))
        (row,) = rows(connection, f"put file://{path} @st")
        equal((row[1], row[4], row[5], row[6]), ("packed.csv.gz", "GZIP", "GZIP", "UPLOADED"))

    @check("PUT of every compression by name")
    def _():
        rows(connection, "create or replace stage packed")
        path = _write(folder, "packed.bin", b"not looked into")
        kinds = {"gzip": "GZIP", "bz2": "BZIP2", "zstd": "ZSTD", "deflate": "DEFLATE", "raw_deflate": "RAW_DEFLATE"}
        for option, shown in kinds.items():
            put = f"put file://{path} @packed/{option} source_compression = {option}"
            equal(rows(connection, put)[0][4:7], (shown, shown, "UPLOADED"), option)
        (row,) = rows(connection, f"put file://{path} @packed/none source_compression = none")
        equal((row[1], row[4:7]), ("packed.bin.gz", ("NONE", "GZIP", "UPLOADED")))
        equal(len(_names(connection, "@packed")), len(kinds) + 1)

    @check("PUT of what is packed or of its own format already, and of nothing")
    def _():
        for name, content, shown in (
            ("own.parquet", b"PAR1...PAR1", "PARQUET"),
            ("own.csv.bz2", bz2.compress(b"1"), "BZIP2"),
            ("own.zst", bytes.fromhex("28b52ffd"), "ZSTD"),
        ):
            (row,) = rows(connection, f"put file://{_write(folder, name, content)} @packed/own")
            equal((row[1], row[5]), (name, shown))
        (row,) = rows(connection, f"put file://{_write(folder, 'nothing.csv', '')} @packed auto_compress = false")
        equal((row[1], row[3]), ("nothing.csv", 0))

    @check("PUT behind comments, and with others in execute_string")
    def _():
        path = _write(folder, "said.csv", "1")
        put = f"put file://{path} @packed/said"
        equal(rows(connection, f"-- a comment\n/* and one more */ {put};")[0][6], "UPLOADED")
        _, listed = connection.execute_string(f"{put}/more; list @packed/said/more")
        equal([row[0] for row in listed], ["packed/said/more/said.csv.gz"])

    @check("a name with blanks, quotes and other characters")
    def _():
        path = _write(folder, "a b+c%20ü.csv", "1")
        rows(connection, f"put 'file://{path}' '@st/d e' auto_compress = false")
        equal(_names(connection, "'@st/d e'"), ["st/d e/a b+c%20ü.csv"])


def _get(connection, folder, modern):
    @check("GET brings the bytes back")
    def _():
        target = os.path.join(folder, "back")
        os.mkdir(target)
        (row,) = rows(connection, f"get @st/one.csv.gz file://{target}")
        equal((row[0], row[2]), ("one.csv.gz", "DOWNLOADED"))
        equal(gzip.decompress(_read(os.path.join(target, "one.csv.gz"))), b"1,a\n2,b\n")

    @check("GET of a directory, and by PATTERN")
    def _():
        target = os.path.join(folder, "many")
        os.mkdir(target)
        got = rows(connection, f"get @st/into/dir/ file://{target}")
        equal(sorted(row[0] for row in got), ["w1.txt", "w2.txt"])
        equal(_read(os.path.join(target, "w2.txt")), b"w2.txt")
        picked = os.path.join(folder, "picked")
        os.mkdir(picked)
        rows(connection, f"get @st file://{picked} pattern = '.*/w1[.]txt'")
        equal([name for _, _, names in os.walk(picked) for name in names], ["w1.txt"])

    @check("GET of a name with blanks")
    def _():
        target = os.path.join(folder, "blanks")
        os.mkdir(target)
        rows(connection, f"get '@st/d e/a b' 'file://{target}'")
        equal(_read(os.path.join(target, "a b+c%20ü.csv")), b"1")

    @check("GET of nothing, and into a directory that is not there")
    def _():
        equal(isinstance(failure(lambda: rows(connection, f"get @st/nothing file://{folder}")), Error), True)
        if not modern:
            error = failure(lambda: rows(connection, f"get @st/one.csv.gz file://{folder}/nowhere"))
            equal(isinstance(error, ProgrammingError), True)

    @check("GET of many files at once")
    def _():
        for number in range(25):
            _write(folder, f"crowd/f{number}.txt", str(number))
        put = f"put file://{folder}/crowd/*.txt @st/crowd auto_compress = false parallel = 8"
        equal(len(rows(connection, put)), 25)
        target = os.path.join(folder, "crowded")
        os.mkdir(target)
        equal(len(rows(connection, f"get @st/crowd file://{target} parallel = 8")), 25)
        equal(sorted(int(_read(os.path.join(target, name))) for name in os.listdir(target)), list(range(25)))
        rows(connection, "remove @st/crowd")

    if modern:

        @check("a staged file as a stream")
        def _():
            with connection.cursor() as cursor:
                equal(cursor._download_stream("@st/one.csv.gz", decompress=True).read(), b"1,a\n2,b\n")


def _options(connection, folder):
    @check("without OVERWRITE the staged file stays, with it it is replaced")
    def _():
        rows(connection, "create or replace stage ow")
        path = _write(folder, "same.txt", "first")
        put = f"put file://{path} @ow auto_compress = false"
        rows(connection, put)
        before = rows(connection, "list @ow")
        _write(folder, "same.txt", "second!")
        rows(connection, put)
        equal(rows(connection, "list @ow"), before)
        (row,) = rows(connection, f"{put} overwrite = true parallel = 10")
        equal(row[6], "UPLOADED")
        equal(rows(connection, "list @ow")[0][1], len("second!"))

    @check("REMOVE by path and by PATTERN")
    def _():
        removed = rows(connection, "remove @st/into/dir/w1.txt")
        equal(removed, [("st/into/dir/w1.txt", "removed")])
        rows(connection, "rm @st pattern = '.*[.]gz'")
        equal(_names(connection, "@st"), ["st/d e/a b+c%20ü.csv", "st/into/dir/w2.txt"])
        equal(rows(connection, "remove @st/nothing"), [])


def _streams(connection, modern):
    if modern:
        return

    @check("PUT from a stream")
    def _():
        with connection.cursor() as cursor:
            stream = io.BytesIO(b"from memory")
            cursor.execute("put file://memory.txt @st auto_compress = false", file_stream=stream)
            equal(cursor.fetchone()[6], "UPLOADED")
        equal(rows(connection, "list @st/memory")[0][1], len("from memory"))


def _places(connection, folder):
    @check("the user's own stage and a table's stage")
    def _():
        path = _write(folder, "mine.txt", "mine")
        rows(connection, f"put file://{path} @~/staged auto_compress = false")
        equal(_names(connection, "@~/staged"), ["staged/mine.txt"])
        rows(connection, "create or replace table tst (a int)")
        rows(connection, f"put file://{path} @%tst auto_compress = false")
        equal(_names(connection, "@%tst"), ["mine.txt"])
        rows(connection, "remove @~/staged")
        equal(_names(connection, "@~/staged"), [])

    @check("a stage of another schema, in a temporary stage")
    def _():
        path = _write(folder, "far.txt", "far")
        database = value(connection, "select current_database()")
        rows(connection, "create schema if not exists elsewhere")
        rows(connection, "use schema public")
        rows(connection, 'create or replace temporary stage elsewhere."Mixed Case"')
        where = f"'@{database}.elsewhere.\"Mixed Case\"/x'"
        rows(connection, f"put file://{path} {where} auto_compress = false")
        equal(len(rows(connection, f"list {where}")), 1)


def _values(connection):
    @check("a FILE as a value, and its URL")
    def _():
        file = json.loads(value(connection, "select to_file(@st, 'into/dir/w2.txt')"))
        equal((file["RELATIVE_PATH"], file["CONTENT_TYPE"], file["SIZE"]), ("into/dir/w2.txt", "text/plain", 6))
        url = value(connection, "select get_presigned_url(@st, 'into/dir/w2.txt')")
        with urlopen(url) as answer:
            equal(answer.read(), b"w2.txt")


def _large(connection, folder):
    @check("a file of several megabytes, both ways")
    def _():
        content = os.urandom(BIG)
        path = _write(folder, "big.bin", content)
        rows(connection, f"put file://{path} @st auto_compress = false")
        equal(rows(connection, "list @st/big")[0][1], BIG)
        target = os.path.join(folder, "big")
        os.mkdir(target)
        rows(connection, f"get @st/big.bin file://{target}")
        equal(_read(os.path.join(target, "big.bin")) == content, True)


def _refused(connection, folder):
    @check("PUT to a stage that is not there")
    def _():
        path = _write(folder, "lost.txt", "lost")
        try:
            rows(connection, f"put file://{path} @no_such_stage")
        except snowflake.connector.errors.ProgrammingError as error:
            equal(error.errno, 2003)
        else:
            raise AssertionError("no error")

    @check("PUT to an external stage")
    def _():
        rows(connection, "create or replace stage ext url = 's3://bucket/path/'")
        try:
            rows(connection, f"put file://{folder}/lost.txt @ext")
        except snowflake.connector.errors.ProgrammingError as error:
            equal(error.errno, 91003)
        else:
            raise AssertionError("no error")
