"""Claims: which sentences of an article say that somebody attacked somebody, and who, whom, when, and on whose word. Start at `ingest.claims.reading`."""
