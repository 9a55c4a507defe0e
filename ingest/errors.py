"""The errors that reach a user. Each is one sentence, written for the person who will read it: what is wrong and what to do."""


class WhodunitError(Exception):
    """Base of every error that the command line and the chat page show as one line, with exit status 2."""


class SourceError(WhodunitError):
    """A file, folder, archive or URL cannot be read; the message names it and says why."""


class IndexMissingError(WhodunitError):
    """There is no index where one was expected, or it holds no articles."""


class IndexDamagedError(WhodunitError):
    """The ledger or the vector index cannot be opened or disagree; the message says how to repair."""


class IndexLockedError(WhodunitError):
    """Another process is writing to the index; the message names it."""


class WrongEmbedderError(WhodunitError):
    """The index was made with another embedding model than the one at hand."""


class ModelMissingError(WhodunitError):
    """A model's weights are not installed, or are not the weights that were expected."""
