"""Sources: files, folders and archives that hold articles. Start at `ingest.sources.finding`."""
