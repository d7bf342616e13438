"""The `stagebox` script. It starts a worker where the command will need one, and then loads the command line.

A worker loads for longer than the command line does, so it begins first. Imports nothing that takes time.
"""

import sys

from stagebox.commands import WITH_WORKERS, command_in


def main() -> None:
    """Entry point of the `stagebox` script."""
    if command_in(sys.argv[1:]) not in WITH_WORKERS:
        _run()
    from stagebox.media import prestarted

    with prestarted.begun():
        _run()


def _run() -> None:
    from stagebox import cli

    cli.main()
