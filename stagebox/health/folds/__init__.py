"""How observations become facts: one file a domain, all pure."""
