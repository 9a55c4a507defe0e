"""From a question to an answer: understanding, retrieval, composing, checking quotes, the chat page and the `whodunit` command.

Reads the index through `ingest`; knows nothing about evaluation (`evals`), which finds its way into the command as a plug-in.
"""
