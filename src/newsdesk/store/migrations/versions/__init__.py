"""One module a migration, in order; a published one is never edited."""
