"""Runs dbt's commands in this process, as its own command line does."""

from dbt.cli.main import dbtRunner

# Batches of these days only: without them dbt would make one for every day until now.
DAYS = ["--event-time-start", "2024-05-01", "--event-time-end", "2024-05-04"]


class Dbt:
    def run(self, *arguments):
        """The result of a command; `success` says whether all went well."""
        quiet = ["--quiet", "--log-level", "none", "--no-use-colors"]
        return dbtRunner().invoke([*quiet, *arguments])

    def must(self, *arguments):
        """The result of a command that has to end well."""
        done = self.run(*arguments)
        if not done.success:
            raise AssertionError(f"dbt {' '.join(arguments)}: {done.exception or messages(done)}")
        return done.result

    def seen(self, *arguments):
        """What a command that has to end well tells its user."""
        told = []
        done = dbtRunner(callbacks=[lambda event: told.append(event.info.msg)]).invoke(
            ["--quiet", "--log-level", "none", *arguments]
        )
        if not done.success:
            raise AssertionError(f"dbt {' '.join(arguments)}: {done.exception or told[-5:]}")
        return "\n".join(told)


def messages(done):
    """The messages of the nodes that went wrong, by name."""
    return {
        item.node.name: str(item.message)
        for item in done.result.results
        if item.status in ("error", "fail", "runtime error")
    }


def statuses(result):
    """How many nodes ended in which way."""
    counts = {}
    for item in result.results:
        status = str(item.status.value if hasattr(item.status, "value") else item.status)
        counts[status] = counts.get(status, 0) + 1
    return counts


def written(result):
    """Rows that each model has written, as the driver told dbt."""
    return {
        item.node.name: item.adapter_response.get("rows_inserted")
        for item in result.results
        if item.adapter_response
    }
