"""Names of files as they come from a disk or an archive: which are never looked at, and how a name becomes text to store and show."""

# Not hidden by name, and never an article: what archivers, file managers and one version control system leave behind.
_LITTER = frozenset({"__MACOSX", "CVS", "Thumbs.db", "desktop.ini"})
# A scraper that names a file by the page's title writes ".md" for a page without one: no name, but an article, and not meant to be hidden.
_NAMELESS = frozenset({".md", ".markdown", ".txt", ".html", ".htm", ".pdf", ".docx", ".jsonl"})


def is_litter(name: str) -> bool:
    """Whether a file or folder of this name is never looked at: hidden, version control, or the lock file of an office program."""
    return (name.startswith((".", "~$")) and name not in _NAMELESS) or name in _LITTER


def printable(name: str) -> str:
    """The name as text that UTF-8 can hold: a byte that was no UTF-8 (a surrogate in Python's view of a file name) becomes \\xNN."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return "".join(_escaped(char) if 0xD800 <= ord(char) <= 0xDFFF else char for char in name)
    return name


def _escaped(surrogate: str) -> str:
    code = ord(surrogate)
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else f"\\u{code:04x}"


def one_line(name: str) -> str:
    """A path for a message: as it is, but for line breaks and other controls, which are written as Python writes them."""
    return "".join(char if char.isprintable() or char == "\xa0" else repr(char)[1:-1] for char in name)


def why(error: Exception) -> str:
    """What an error says, on one line of at most 200 characters, without the name of a file (a source has its path)."""
    said = (error.strerror if isinstance(error, OSError) and error.strerror else str(error)) or type(error).__name__
    return printable(" ".join(said.split()))[:200]
