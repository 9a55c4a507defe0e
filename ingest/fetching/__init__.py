"""Fetching: pages from the web, politely and safely. Start at `ingest.fetching.fetcher`."""
