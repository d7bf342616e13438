"""FLV, the container that OBS records into: its tags, one by one, many at once, or cut from a growing file.

Pure: the rooms that read a file give the bytes. Imports nothing of ours.
"""
