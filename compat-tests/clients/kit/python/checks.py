"""Counts what a client test checks, and says so in the line that `npm test` reads."""

import traceback

_FAILURE_LINES = 14
_counts = {"passed": 0, "failed": 0, "skipped": 0}


def check(name):
    """Runs the decorated function at once as one check; it passes when it does not raise."""

    def run(work):
        try:
            work()
            _counts["passed"] += 1
        except Exception:
            _counts["failed"] += 1
            print(f"FAILED {name}")
            for line in traceback.format_exc().splitlines()[-_FAILURE_LINES:]:
                print(f"  {line}")
        return work

    return run


def skip(what, why):
    _counts["skipped"] += 1
    print(f"SKIPPED {what}: {why}")


def equal(actual, expected, what=""):
    """Equal values of equal types: 1 is not True, and 1.0 is not Decimal("1")."""
    if _shape(actual) != _shape(expected) or actual != expected:
        raise AssertionError(f"{what} got {actual!r}, expected {expected!r}")


def _shape(value):
    if isinstance(value, (list, tuple)):
        return (type(value).__name__, [_shape(item) for item in value])
    return type(value).__name__


def finish():
    """Prints the closing line. Returns the exit code."""
    print("{passed} passed, {failed} failed, {skipped} skipped".format(**_counts), flush=True)
    return 1 if _counts["failed"] else 0
