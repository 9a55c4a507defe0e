"""Files, folders and archives as sources: nothing lost, nothing followed out of the folder, nothing that fills the memory.

python -m pytest tests/test_sources.py
"""

import gc
import io
import lzma
import os
import random
import struct
import tarfile
import threading
import tracemalloc
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from made_files import tar_bytes, zip_bytes

from ingest.errors import SourceError
from ingest.limits import DEFAULT, Limits
from ingest.sources.finding import Source, find_sources

TREE = {
    "Quiet Heron/a.md": b"one",
    "Quiet Heron/b.md": b"two",
    'Zinc Otter/\n"x|y"\xc2\xa0z.md'.encode("latin-1").decode(): b"three",
    "top.txt": b"four",
}
SMALL = Limits(file_bytes=1000, archive_bytes=100_000, unpacked_bytes=5000, ratio=50, ratio_floor=2000, members=20)


def lay(folder: Path, tree: dict[str, bytes]) -> Path:
    for name, data in tree.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def found(path: Path, limits: Limits = DEFAULT) -> list[Source]:
    return list(find_sources([path], limits=limits))


def problems(path: Path, limits: Limits = DEFAULT) -> dict[str, str]:
    return {source.path: source.problem for source in found(path, limits) if source.problem}


def paths(path: Path, limits: Limits = DEFAULT) -> list[str]:
    return [source.path for source in found(path, limits)]


def test_a_folder_gives_every_file_in_sorted_order_with_its_odd_name(tmp_path: Path) -> None:
    sources = found(lay(tmp_path, TREE))
    assert [(source.path, source.data) for source in sources] == sorted(TREE.items(), key=lambda item: item[0].split("/"))
    assert not any(source.problem for source in sources)


@pytest.mark.parametrize("wrapped", ["", "corpus/", "./corpus/"])
@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz", "tar.xz", "tar.bz2", "tgz"])
def test_an_archive_has_the_paths_and_order_of_the_folder_it_was_made_of(tmp_path: Path, kind: str, wrapped: str) -> None:
    folder = lay(tmp_path / "folder", TREE)
    members = {wrapped + name: data for name, data in reversed(TREE.items())}
    modes = {"tar": "w", "tar.xz": "w:xz", "tar.bz2": "w:bz2"}
    archive = tmp_path / f"corpus.{kind}"
    archive.write_bytes(zip_bytes(members) if kind == "zip" else tar_bytes(members, mode=modes.get(kind, "w:gz")))
    assert found(archive) == found(folder)


def test_a_file_given_by_itself_has_its_name(tmp_path: Path) -> None:
    lay(tmp_path, TREE)
    assert found(tmp_path / "Quiet Heron" / "a.md") == [Source("a.md", b"one")]


def test_a_path_that_does_not_exist_is_an_error_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="does not exist"):
        find_sources([lay(tmp_path, TREE), tmp_path / "missing"])
    (tmp_path / "dangling").symlink_to(tmp_path / "missing")
    with pytest.raises(SourceError, match="link to nothing"):
        find_sources([tmp_path / "dangling"])


def test_sources_are_read_one_by_one_as_they_are_asked_for(tmp_path: Path) -> None:
    lay(tmp_path, {f"{at:02}.txt": b"x" * 100_000 for at in range(60)})
    most = 0
    for number, source in enumerate(find_sources([tmp_path])):
        if number == 0:
            (tmp_path / "59.txt").write_bytes(b"changed meanwhile")
        last = source
        most = max(most, sum(isinstance(found, Source) for found in gc.get_objects()))
    assert last.data == b"changed meanwhile"
    assert most <= 3, "sources pile up in memory"


def test_the_same_relative_path_of_two_folders_stays_two_sources(tmp_path: Path) -> None:
    first, second = lay(tmp_path / "a", {"x.md": b"1"}), lay(tmp_path / "b", {"x.md": b"2"})
    assert [(source.path, source.data) for source in find_sources([first, second, second])] == [("x.md", b"1"), ("b/x.md", b"2"), ("x.md (2)", b"2")]


def test_hidden_files_and_version_control_are_left_out_but_a_file_without_a_title_is_not(tmp_path: Path) -> None:
    lay(tmp_path, {".git/config": b"x", ".hidden.md": b"x", "CVS/Root": b"x", "__MACOSX/._a.md": b"x", "~$report.docx": b"x", "Heron/.md": b"kept"})
    assert paths(tmp_path) == ["Heron/.md"]


def test_a_name_that_is_no_utf8_becomes_printable_and_stays_unique(tmp_path: Path) -> None:
    for name, data in ((b"caf\xe9.md", b"1"), (b"caf\\xe9.md", b"2")):
        with open(os.path.join(os.fsencode(tmp_path), name), "wb") as stream:
            stream.write(data)
    assert paths(tmp_path) == ["caf\\xe9.md", f"{tmp_path.name}/caf\\xe9.md"]


def test_links_that_leave_the_folder_are_reported_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    folder = lay(tmp_path / "in", {"a.md": b"a", "deep/b.md": b"b"})
    (folder / "out.txt").symlink_to("../secret.txt")
    (folder / "outdir").symlink_to(tmp_path)
    (folder / "again.md").symlink_to("deep/b.md")
    (folder / "sub").symlink_to("deep")
    (folder / "deep" / "loop").symlink_to("..")
    (folder / "self").symlink_to("self")
    sources = {source.path: source for source in found(folder)}
    assert {path for path, source in sources.items() if not source.problem} == {"a.md", "again.md", "deep/b.md"}
    assert all("leaves the folder" in sources[path].problem for path in ("out.txt", "outdir"))
    assert sources["self"].problem
    assert not any(b"secret" in source.data for source in sources.values())


def test_pipes_and_devices_are_never_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    reading = threading.Thread(target=lambda: seen.append(problems(tmp_path)), daemon=True)
    seen: list[dict[str, str]] = []
    reading.start()
    reading.join(5)
    assert "not a regular file" in seen[0]["pipe.md"]
    assert "not a regular file" in found(Path("/dev/zero"))[0].problem


def test_a_thousand_folders_within_each_other_are_walked(tmp_path: Path) -> None:
    here = os.getcwd()
    os.chdir(tmp_path)
    try:
        for _ in range(1200):
            os.mkdir("d")
            os.chdir("d")
        Path("deep.md").write_bytes(b"deep")
        deep = paths(tmp_path)
        # Taken down by hand: what cleans up after the tests descends by recursion.
        os.remove("deep.md")
        for _ in range(1200):
            os.chdir("..")
            os.rmdir("d")
    finally:
        os.chdir(here)
    assert deep == ["d/" * 1200 + "deep.md"]


def test_a_file_beyond_the_limit_is_reported_without_reading_it(tmp_path: Path) -> None:
    with open(tmp_path / "huge.txt", "wb") as stream:
        stream.truncate(3 * 1024**3)
    tracemalloc.start()
    assert "3.07e+03 MB, more than the 20 MB" in problems(tmp_path)["huge.txt"]
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("name", ["../up.md", "a/../../up.md", "/etc/up.md", "..\\up.md", "C:\\up.md", "C:/up.md"])
def test_a_member_whose_name_leaves_the_archive_is_reported(tmp_path: Path, name: str) -> None:
    for archive, data in (("a.zip", zip_bytes({name: b"x", "ok.md": b"ok"})), ("a.tar", tar_bytes({name: b"x", "ok.md": b"ok"}, mode="w"))):
        (tmp_path / archive).write_bytes(data)
        sources = found(tmp_path / archive)
        assert [source.data for source in sources if not source.problem] == [b"ok"]
        assert [source for source in sources if "leaves the archive" in source.problem and ".." not in source.path.split("/")]


def test_links_and_devices_in_archives_are_reported(tmp_path: Path) -> None:
    (tmp_path / "a.tar").write_bytes(tar_bytes({"ok.md": b"ok"}, mode="w", links={"link.md": "/etc/passwd"}))
    assert problems(tmp_path / "a.tar") == {"link.md": "link or device inside an archive, not followed"}
    info = zipfile.ZipInfo("link.md")
    info.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    (tmp_path / "a.zip").write_bytes(out.getvalue())
    assert "not followed" in problems(tmp_path / "a.zip")["link.md"]


def test_bombs_give_nothing_but_one_line(tmp_path: Path) -> None:
    zeros = b"\0" * 4000
    lay(
        tmp_path,
        {
            "ratio.zip": zip_bytes({f"{at}.md": b"\0" * 900 for at in range(5)} | {"b.md": zeros}),
            "total.zip": zip_bytes({f"{at}.md": os.urandom(900) for at in range(8)}),
            "ratio.tar.gz": tar_bytes({"b.md": zeros * 10}),
            "ratio.tar.xz": tar_bytes({"b.md": zeros * 10}, mode="w:xz"),
            "ratio.tar.bz2": tar_bytes({"b.md": zeros * 10}, mode="w:bz2"),
            "many.zip": zip_bytes({f"{at}.md": b"" for at in range(30)}),
            "many.tar": tar_bytes({f"{at}.md": b"" for at in range(30)}, mode="w"),
        },
    )
    sources = found(tmp_path, replace(SMALL, ratio=20))
    assert all(source.problem and not source.data for source in sources)
    assert {source.path for source in sources} == {"ratio.zip", "total.zip", "ratio.tar.gz", "ratio.tar.xz", "ratio.tar.bz2", "many.zip", "many.tar"}


def test_a_bomb_of_two_hundred_megabytes_costs_little_memory(tmp_path: Path) -> None:
    packer = zlib.compressobj(wbits=31)
    piece = b"\0" * 10_000_000
    (tmp_path / "b.tar.gz").write_bytes(b"".join(packer.compress(piece) for _ in range(20)) + packer.flush())
    tracemalloc.start()
    assert "bomb" in problems(tmp_path)["b.tar.gz"]
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_an_xz_that_asks_for_gigabytes_of_dictionary_is_refused(tmp_path: Path) -> None:
    data = bytearray(lzma.compress(tar_bytes({"a.md": b"x"}, mode="w"), preset=0))
    # The dictionary size stands in one byte of the block header, guarded by a checksum: 12 + size, flags, filter id, size of properties, byte.
    header = 12
    data[header + 4] = 38
    length = (data[header] + 1) * 4
    data[header + length - 4 : header + length] = struct.pack("<I", zlib.crc32(bytes(data[header : header + length - 4])))
    (tmp_path / "a.tar.xz").write_bytes(bytes(data))
    assert "cannot be read" in problems(tmp_path)["a.tar.xz"]


def test_members_that_overlap_or_lie_about_their_size_stay_bounded(tmp_path: Path) -> None:
    data = bytearray(zip_bytes({"a.md": b"a" * 5000}))
    directory = data.rfind(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = struct.pack("<I", 10)
    (tmp_path / "a.zip").write_bytes(bytes(data))
    (source,) = found(tmp_path / "a.zip", SMALL)
    assert source.problem or len(source.data) <= 10


def test_an_archive_inside_an_archive_is_opened_once_and_no_deeper(tmp_path: Path) -> None:
    inner = zip_bytes({"x.md": b"x"})
    middle = zip_bytes({"inner.zip": inner, "y.md": b"y"})
    lay(tmp_path, {"outer.zip": zip_bytes({"middle.zip": middle, "z.md": b"z"})})
    assert [source.path for source in found(tmp_path) if not source.problem] == ["outer.zip/middle.zip/y.md", "outer.zip/z.md"]
    assert "not opened" in problems(tmp_path)["outer.zip/middle.zip/inner.zip"]


def test_archives_inside_archives_share_one_allowance(tmp_path: Path) -> None:
    inner = zip_bytes({f"{at}.md": os.urandom(300) for at in range(2)})
    lay(tmp_path, {"outer.zip": zip_bytes({f"{at}.zip": inner for at in range(6)})})
    sources = found(tmp_path, replace(SMALL, unpacked_bytes=6000, ratio=1000))
    assert any("more than is allowed" in source.problem for source in sources)
    assert sum(len(source.data) for source in sources) < 6000


def test_damaged_encrypted_and_misnamed_archives_are_one_line_each(tmp_path: Path) -> None:
    noise = random.Random(7).randbytes(3000)
    good, tar = zip_bytes({"a.md": noise}), tar_bytes({"a.md": noise})
    encrypted = bytearray(good)
    encrypted[6] |= 1
    encrypted[good.rfind(b"PK\x01\x02") + 8] |= 1
    lay(
        tmp_path,
        {
            "empty.zip": b"",
            "empty.tar": b"",
            "page.zip": b"<html>not a zip</html>",
            "page.tar.gz": b"<html>not a tar</html>" * 50,
            "cut.zip": good[:-30],
            "cut.tar.gz": tar[: len(tar) // 2],
            "flipped.tar.gz": tar[:200] + bytes([tar[200] ^ 255]) + tar[201:],
            "flipped.zip": good[:900] + bytes([good[900] ^ 255]) + good[901:],
            "encrypted.zip": bytes(encrypted),
        },
    )
    sources = found(tmp_path)
    assert len(sources) == 9
    assert [source for source in sources if not source.problem or "\n" in source.problem or source.data] == []


def test_a_tar_header_that_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        info = tarfile.TarInfo("a.md")
        info.pax_headers = {"comment": "x" * 5_000_000}
        archive.addfile(info, io.BytesIO(b""))
    (tmp_path / "a.tar").write_bytes(out.getvalue())
    assert "header" in problems(tmp_path)["a.tar"]


def test_names_of_a_zip_are_read_as_utf8_where_they_are(tmp_path: Path) -> None:
    data = zip_bytes({"Zoë’s.md": b"x"}).replace("Zoë’s.md".encode(), "Zoë’s.md".encode())
    unflagged = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark) + offset
        unflagged[at : at + 2] = struct.pack("<H", struct.unpack("<H", data[at : at + 2])[0] & ~0x800)
    lay(tmp_path, {"flagged.zip": data, "unflagged.zip": bytes(unflagged)})
    assert paths(tmp_path) == ["flagged.zip/Zoë’s.md", "unflagged.zip/Zoë’s.md"]


def test_a_folder_without_files_gives_nothing(tmp_path: Path) -> None:
    sources: Iterator[Source] = find_sources([tmp_path])
    assert list(sources) == []
