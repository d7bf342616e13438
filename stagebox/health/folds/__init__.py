"""Folds: (facts, what was seen, when) → facts. Pure; one file a domain."""
