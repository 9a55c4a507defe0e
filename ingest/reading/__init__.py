"""Reading: the model that finds the words of a passage that answer. Start at `ingest.reading.reader`."""
