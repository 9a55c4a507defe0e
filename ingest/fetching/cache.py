"""Remembers on disk what was fetched, so that a fetch that was stopped goes on where it was, and an unchanged page is not sent twice."""

import hashlib
import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from ingest.errors import SourceError


@dataclass(frozen=True)
class Fetched:
    """One page as it was fetched. fetched_at: seconds since 1970. etag, last_modified: what the server wants to be asked with; "" for none."""

    url: str
    final_url: str
    data: bytes
    fetched_at: float
    etag: str = ""
    last_modified: str = ""


class FetchCache:
    """A folder with one file of facts and one of bytes a page; a page is there whole or not at all, even after a crash."""

    def __init__(self, folder: Path) -> None:
        """Creates the folder if need be. Raises SourceError where that is not possible."""
        self._folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SourceError(f"{str(folder)!r}, the folder for fetched pages, cannot be made: {error.strerror}; name another") from error

    def get(self, url: str) -> Fetched | None:
        """The page as it was last fetched, or None where it never was or the files are damaged (then it is fetched again)."""
        facts, body = self._paths(url)
        try:
            known = json.loads(facts.read_bytes())
            data = body.read_bytes()
            if known.pop("sha256") != hashlib.sha256(data).hexdigest() or known["url"] != url:
                return None
            return Fetched(data=data, **known)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None

    def put(self, page: Fetched) -> None:
        """Keeps the page in place of what was kept for its URL. Raises SourceError where the disk does not take it."""
        facts, body = self._paths(page.url)
        known = {key: value for key, value in asdict(page).items() if key != "data"} | {"sha256": hashlib.sha256(page.data).hexdigest()}
        try:
            # Facts last: without the facts that fit them, bytes count for nothing.
            self._replace(body, page.data)
            self._replace(facts, json.dumps(known).encode())
        except OSError as error:
            raise SourceError(f"fetched, but cannot be kept in {str(self._folder)!r}: {error.strerror}") from error

    def _paths(self, url: str) -> tuple[Path, Path]:
        name = hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        return self._folder / f"{name}.json", self._folder / f"{name}.body"

    def _replace(self, path: Path, data: bytes) -> None:
        descriptor, temporary = tempfile.mkstemp(dir=self._folder, prefix=".part-")
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(data)
            os.replace(temporary, path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
