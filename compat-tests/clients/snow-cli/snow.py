"""`snow …` in this process: starting Python anew for every command would take seconds."""

import json

from snowflake.cli._app.cli_app import CliAppFactory
from snowflake.cli.api.cli_global_context import get_cli_context_manager
from typer.testing import CliRunner

# The CLI folds its error texts to the terminal's width, in a frame.
WIDE = {"COLUMNS": "400", "TERM": "dumb", "NO_COLOR": "1"}


class Snow:
    def __init__(self):
        self._app = CliAppFactory().create_or_get_app()
        self._runner = CliRunner(env=WIDE)

    def _invoke(self, arguments):
        get_cli_context_manager().reset()
        return self._runner.invoke(self._app, [str(item) for item in arguments])

    def text(self, *arguments):
        """What a command that succeeds prints."""
        done = self._invoke(arguments)
        if done.exit_code != 0:
            raise AssertionError(f"{arguments} failed: {done.output} {done.exception!r}")
        return done.output

    def json(self, *arguments):
        return json.loads(self.text(*arguments, "--format", "json"))

    def error(self, *arguments):
        """What a command that fails prints."""
        done = self._invoke(arguments)
        if done.exit_code == 0:
            raise AssertionError(f"{arguments} succeeded: {done.output}")
        return done.output
