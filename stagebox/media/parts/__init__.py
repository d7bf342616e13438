"""Parts of one talk: found, offered to be joined, joined when a person asks, and known as joined."""
