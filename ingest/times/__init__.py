"""Times: when an attack happened, as intervals with their grain, read from words. Start at `ingest.times.when`."""
