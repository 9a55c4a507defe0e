"""Cleaning: from a draft to its article, without furniture, with title, text, date and publisher, or the reason why it is none. Start at `ingest.cleaning.cleaner`."""
