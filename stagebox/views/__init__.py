"""From the snapshot to what a person sees, pure: for touch screen, pages, walls. Imports model, messages."""
