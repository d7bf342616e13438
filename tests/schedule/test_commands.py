"""`schedule use`, `show` and `coverage` against a real engine, keeper and server of the API."""
