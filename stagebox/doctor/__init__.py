"""The doctor: the crew's checklist before the doors open, gone through by the machine."""
