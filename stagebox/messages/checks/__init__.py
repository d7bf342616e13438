"""What the doctor says, one file a check or a few that are alike. A file here is found by itself."""
