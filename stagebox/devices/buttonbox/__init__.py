"""The button box: its protocol, its port, what its buttons mean and what its lamps show."""
