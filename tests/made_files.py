"""Files made for tests: a PDF and a DOCX of given lines, zip and tar archives of given members."""

import io
import tarfile
import zipfile
import zlib
from collections.abc import Mapping, Sequence


def pdf_bytes(pages: Sequence[Sequence[str]], *, title: str = "", author: str = "", stream: bytes | None = None) -> bytes:
    """A PDF with one line of text for each string; `stream` stands in for the (uncompressed) content of every page where given."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for at, lines in enumerate(pages):
        shown = "".join(f"({line}) Tj T*\n" for line in lines)
        packed = zlib.compress(stream if stream is not None else f"BT /F1 11 Tf 14 TL 50 780 Td\n{shown}ET".encode("latin-1"))
        content = f"{5 + 2 * at} 0 R"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 850] /Contents {content} /Resources << /Font << /F1 3 0 R >> >> >>".encode())
        objects.append(b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed))
    objects.append(f"<< /Title ({title}) /Author ({author}) >>".encode())
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(objects), table))


def docx_bytes(paragraphs: Sequence[str], *, heading: str = "", author: str = "") -> bytes:
    """A DOCX with these paragraphs, made by python-docx."""
    import docx

    document = docx.Document()
    if heading:
        document.add_heading(heading, 1)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.core_properties.author = author
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def zip_bytes(members: Mapping[str, bytes]) -> bytes:
    """A zip of these members, compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tar_bytes(members: Mapping[str, bytes], *, mode: str = "w:gz", links: Mapping[str, str] | None = None) -> bytes:
    """A tar of these members; links: names of symbolic links and where they lead."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for name, target in (links or {}).items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, target
            archive.addfile(info)
    return out.getvalue()
