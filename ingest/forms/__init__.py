"""Forms: what a source is — page, card, Markdown, document, lines — and the drafts in it. Start at `ingest.forms.recognising`."""
