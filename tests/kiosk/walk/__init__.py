"""A walk by chance over the real window: touches, holds and drags, and what must hold of each."""
