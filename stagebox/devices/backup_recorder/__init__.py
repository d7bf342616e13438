"""The backup recorder: a process of its own that hears the microphone independently of OBS.

PortAudio freezes its list of devices and can hang in a driver; here both cost nobody else anything. The
process speaks JSON lines: what it hears on stdout (`BackupRecorderReading`), what it is to do on stdin
(`orders`).
"""
