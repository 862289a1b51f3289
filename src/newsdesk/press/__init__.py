"""The press simulator: a seeded world of publishers on loopback, with its truth."""
