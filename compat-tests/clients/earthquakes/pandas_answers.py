"""One question into pandas, compared: pandas_answers.py <url> <question.sql> <figures.json> <name>"""

import json
import sys
from urllib.parse import urlsplit

import pandas
import snowflake.connector

# Rounded averages may differ in their last digit.
TOLERANCE = 1.01e-4


def plain(cell):
    """A cell as JSON would have it."""
    if cell is None or (not isinstance(cell, str) and pandas.isna(cell)):
        return None
    if isinstance(cell, str):
        return cell
    if hasattr(cell, "isoformat"):
        return cell.isoformat()[:10]
    return float(cell)


def same(actual, expected):
    if isinstance(actual, float) and isinstance(expected, (int, float)):
        return abs(actual - expected) < TOLERANCE
    return actual == expected


def main():
    url, question, figures, name = sys.argv[1:5]
    parts = urlsplit(url)
    connection = snowflake.connector.connect(
        host=parts.hostname,
        port=parts.port,
        protocol=parts.scheme,
        account="mockhaus",
        user="me",
        password="any",
        database="earthquakes",
        schema="public",
    )
    with open(question, encoding="utf-8") as file:
        frame = connection.cursor().execute(file.read()).fetch_pandas_all()
    connection.close()
    with open(figures, encoding="utf-8") as file:
        expected = json.load(file)[name]
    actual = [[plain(cell) for cell in row] for row in frame.itertuples(index=False)]
    if len(actual) != len(expected):
        sys.exit(f"{name}: {len(actual)} rows instead of {len(expected)}")
    for got, wanted in zip(actual, expected, strict=True):
        if len(got) != len(wanted) or not all(map(same, got, wanted)):
            sys.exit(f"{name}: {got} instead of {wanted}")


main()
