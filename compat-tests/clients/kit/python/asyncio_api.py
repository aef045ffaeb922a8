"""The connector's second face: snowflake.connector.aio. Version 4 has it only with another package."""

import asyncio
from urllib.parse import urlsplit

from checks import check, equal


def run(connection, url, modern):
    del connection
    if not modern:
        return

    @check("snowflake.connector.aio")
    def _():
        asyncio.run(_walk(url))


async def _walk(url):
    from snowflake.connector import aio

    parts = urlsplit(url)
    connection = await aio.connect(
        host=parts.hostname, port=parts.port, protocol=parts.scheme, account="mockhaus", user="anybody", password="x"
    )
    cursor = connection.cursor()
    await cursor.execute("select %s, %s", (1, "it's"))
    equal(await cursor.fetchall(), [(1, "it's")])
    await cursor.execute("select seq4() from table(generator(rowcount => 50000))")
    equal(len(await cursor.fetchall()), 50_000)
    await cursor.execute("select column1 from values (1), (2) order by 1")
    equal([row async for row in cursor], [(1,), (2,)])
    await cursor.execute_async("select 5")
    await cursor.get_results_from_sfqid(cursor.sfqid)
    equal(await cursor.fetchall(), [(5,)])
    await cursor.execute("select 1::int as a, 'x' as b")
    equal((await cursor.fetch_pandas_all()).shape, (1, 2))
    try:
        await cursor.execute("select 1 / 0")
    except Exception as error:
        equal(error.errno, 100051)
    else:
        raise AssertionError("no error")
    await connection.close()
