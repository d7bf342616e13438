"""What `scripts/bench` measures: one module a subcommand, each with `add_arguments` and `run`."""
