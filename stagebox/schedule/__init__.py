"""The event's schedule: read from any of the formats that events publish, fetched, and kept fresh.

Imports the model, the words and the system's room. `formats/` and what decides are pure; `fetching` and
`reading` touch the world.
"""
