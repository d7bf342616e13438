"""The evening's index: one row a talk, as a page, CSV, JSON and a table in the terminal."""
