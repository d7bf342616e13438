"""One file a code: what it means, what is said of it, and what it loses. A new file is found by itself."""
