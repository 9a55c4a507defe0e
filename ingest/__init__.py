"""From articles to an index: reading, cleaning, dating, splitting, embedding, claims, the ledger and the vector index.

Knows nothing about questions or answers (`app`) or about how good they are (`evals`).
"""
