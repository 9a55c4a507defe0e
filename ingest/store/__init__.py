"""The store: the ledger, which is the truth, and the vector index, which is made from it. Start at `ingest.store.ledger`."""
