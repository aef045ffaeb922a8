"""The Snowflake CLI, and the library snowflake.core that comes with it, against mockhaus: main.py <name> <url>."""

import os
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

CONFIG = """
default_connection_name = "local"

[cli]
ignore_new_version_warning = true

[cli.logs]
save_logs = false

[connections.local]
account = "mockhaus"
user = "me"
password = "any"
host = "{host}"
port = {port}
protocol = "http"
database = "CLI_DB"
schema = "PUBLIC"
warehouse = "COMPUTE_WH"
role = "ACCOUNTADMIN"
"""


def main(folder):
    parts = urlsplit(sys.argv[2])
    config = folder / "config.toml"
    config.write_text(CONFIG.format(host=parts.hostname, port=parts.port), encoding="utf-8")
    config.chmod(0o600)
    # Read when the CLI is imported.
    os.environ["SNOWFLAKE_HOME"] = str(folder)
    import commands
    import objects
    import stages
    from snow import Snow
    from snowflake.connector import connect

    address = {"host": parts.hostname, "port": parts.port, "protocol": parts.scheme}
    connection = connect(account="mockhaus", user="me", password="any", **address)
    # The CLI's connections begin in it.
    connection.cursor().execute("create or replace database cli_db")
    snow = Snow()
    commands.run(snow, folder)
    stages.run(snow, folder)
    objects.run(connection)
    connection.close()


with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
    main(Path(temporary))

from checks import finish

sys.exit(finish())
