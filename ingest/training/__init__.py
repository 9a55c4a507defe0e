"""Training of the reading model: from annotated articles to weights that `ingest.reading.reader` opens. Runs as `python -m ingest.training`."""
