"""`stagebox serve`: the rooms put together, and what people set up while it runs. May import every room."""
