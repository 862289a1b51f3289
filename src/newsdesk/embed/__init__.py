"""Vectors of texts, out of tables that a package carries: nothing is fetched.

Behind the port `TextVectors`. Loading is put off until the first text, so that commands
that need no vectors do not wait for numbers.
"""

from newsdesk.embed.word_table import WordTable, found

__all__ = ["WordTable", "found"]
