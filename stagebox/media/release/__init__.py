"""Which recordings may go, because their MP4 stands for them; and moving or deleting these."""
