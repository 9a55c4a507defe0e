"""Actors: who is known by which name, from actor cards and from a public list. Start at `ingest.actors.actor_index`."""
