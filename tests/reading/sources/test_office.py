"""Old documents by LibreOffice, where it is installed; and what it makes of our own documents."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from dabir.reading.sources import Unreadable, office, read
from tests.reading.sources.test_hostile import SAMPLE
from tests.reading.sources.word import deleted, docx, inserted, level, numbering, p, run, styles, table

needs_office = pytest.mark.skipif(office.program() is None, reason="LibreOffice is not installed")

PAPER = docx(
    p("صورتجلسه شماره ۴ ستاد بهره‌وری"),
    p("مقرر شد ", deleted("جهاد"), inserted(run("شهرداری")), " گزارش دهد.", num=(1, 0)),
    p("فهرست روستاها تهیه شود.", num=(1, 0)),
    table(["ردیف", "شرح", "مهلت"], ["1", "ساخت پل", "۱۵ روز"]),
    p(),
    parts={"numbering": numbering({1: [level(0, "decimal", "%1-")]})},
)


def by_office(data: bytes, form: str, folder: Path) -> bytes:
    """The document as LibreOffice saves it in another form."""
    program = office.program()
    assert program
    (folder / "paper.docx").write_bytes(data)
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", form]
    for _ in range(2):  # the first run may only make the profile
        subprocess.run([*command, "--outdir", "out", "paper.docx"], cwd=folder, check=False, capture_output=True)
    return (folder / "out" / f"paper.{form.partition(':')[0]}").read_bytes()


@needs_office
@pytest.mark.parametrize("form", ["doc", "rtf", "odt"])
def test_old_document_says_what_the_new_one_says(form: str, tmp_path: Path) -> None:
    source = read(by_office(PAPER, form, tmp_path), f"minutes.{form}")
    wanted = [line.text for line in read(PAPER).lines]
    assert [line.text for line in source.lines] == wanted
    assert wanted[1] == "۱- مقرر شد شهرداری گزارش دهد."
    assert [note.rule for note in source.remarks] == ["source.converted", "source.tracked-changes"]


@needs_office
@pytest.mark.parametrize("data", [PAPER, SAMPLE])
def test_our_test_documents_are_ones_that_office_opens(data: bytes, tmp_path: Path) -> None:
    printed = by_office(data, "txt:Text (encoded):UTF8", tmp_path).decode("utf-8-sig")
    assert "گزارش دهد" in printed and "شماره ۴" in printed


@needs_office
def test_office_prints_the_same_numbers(tmp_path: Path) -> None:
    levels = [level(0, "decimal", "%1-"), level(1, "decimal", "%1-%2-"), level(2, "lowerRoman", "%3)")]
    anew = '<w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    parts = {"numbering": numbering({1: levels}, {1: 1, 2: anew, 3: 1}), "styles": styles()}
    places = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1), (2, 0), (2, 0), (1, 0), (3, 0), (3, 1), (1, 2)]
    data = docx(*(p("text", num=place) for place in places), parts=parts)
    printed = by_office(data, "txt:Text (encoded):UTF8", tmp_path).decode("utf-8-sig")
    assert [line.text for line in read(data).lines] == [line.strip() for line in printed.splitlines()]


@needs_office
@pytest.mark.parametrize("broken", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") * 200])
def test_what_office_cannot_open_is_refused(broken: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        read(broken, "minutes.doc")
    assert refused.value.cause == "unconverted"


@needs_office
def test_office_ends_with_its_time() -> None:
    began = time.monotonic()
    with pytest.raises(Unreadable) as refused:
        office.converted(b"{\\rtf1 x}", "rtf", seconds=0.05)
    assert refused.value.cause == "time"
    assert time.monotonic() - began < 5


def test_without_office_an_old_document_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unreadable) as refused:
        read(b"{\\rtf1 x}", "minutes.rtf")
    assert refused.value.cause == "old-word"
    assert ".docx" in refused.value.remedy


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limits of memory")
def test_own_limit_of_memory_is_as_before() -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    with office._more_memory():
        assert resource.getrlimit(resource.RLIMIT_AS)[0] == office.MEMORY
    assert resource.getrlimit(resource.RLIMIT_AS) == before
