"""stagebox.toml and the files of secrets: read, explained, changed. May import model, system, resources."""
