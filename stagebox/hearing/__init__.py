"""What samples tell a listener, live and afterwards alike: speech, flat tops, channels against each other."""
