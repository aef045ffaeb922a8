"""What the tests of project tools share: a copied project, the page's snippet, rows as text."""

import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit

from connecting import rows

ROOT = Path(__file__).resolve().parents[4]
_PAGE = ROOT / "docs" / "dbt-and-sqlmesh.md"


def snippet(language, url):
    """The one code block of a language on the page, with the port of the server under test."""
    (block,) = re.findall(rf"```{language}\n(.*?)```", _PAGE.read_text("utf8"), re.S)
    if "8080" not in block:
        raise AssertionError(f"the {language} snippet has no port")
    return block.replace("8080", str(urlsplit(url).port))


def copied(project, folder):
    """A copy of a project that the tool may write into."""
    target = Path(folder) / "project"
    shutil.copytree(project, target)
    return target


def run_all(connection, statements):
    for statement in statements:
        rows(connection, statement)


def texts(connection, sql):
    """Rows with every value as text, so that expectations read as tables."""
    return [" ".join(str(value) for value in row) for row in rows(connection, sql)]
