"""What stagebox says: one entry a code, each sentence once, and the languages. Imports model alone."""
