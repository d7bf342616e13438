"""stagebox: records and streams conference talks with OBS Studio, and proves that nothing was lost."""

__version__ = "0.3.0"
