"""The server for readers and the live view of a run."""
