"""When sound is wrong, as far as no setting says so, and live as afterwards: a code has one meaning."""

EVENTS_WINDOW_S = 10.0
"""Clipped peaks and gaps are counted within this time."""
CLIPPED_SHARE = 0.985
"""Samples above this share of full scale are clipped when they come in runs."""
CLIPPED_S = 125e-6
"""So long is a run, behind a codec."""
ALIVE_ABOVE_DB = 20.0
"""A channel can be called dead while another is this much above the limit: its crosstalk would be heard."""
OUT_OF_PHASE_S = 10.0
"""Two channels that take each other away for so long are told."""
NO_SPEECH_STEADY_SHARE = 0.8
"""Sound without a voice is hiss or hum when this share of it does not swing."""
