"""Who signed, and the scans of the signed sheets, matched by their QR code."""

from __future__ import annotations

import io
import json
import random
from datetime import date

import pypdfium2
import pytest
import segno
from PIL import Image

from dabir.cycle.classifying import classify_meeting
from dabir.cycle.sealing import seal_minutes
from dabir.foundation import files, ledger
from dabir.foundation.errors import Conflict, Invalid, Refused
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings import services
from dabir.meetings.models import MinutesVersion, Signature, SignedScan
from dabir.reading import scans
from dabir.writing.stamp import Stamp
from tests import builders, drafts
from tests.personas import Personas

pytestmark = pytest.mark.django_db
DAY = date(2019, 10, 10)


@pytest.fixture
def version(world: Personas) -> MinutesVersion:
    draft = drafts.manuscript(world)
    return seal_minutes(draft, revision=2, by=world.secretary)


@pytest.fixture
def other(world: Personas, version: MinutesVersion) -> MinutesVersion:
    """Minutes of another meeting of the same body."""
    return builders.meeting(world, builders.minutes(world, number=12, session="1398/07/18")).versions.get()


class Quiet:
    """A parent that is told nothing."""

    def step(self, name: str) -> None: ...


def sheet(*says: str, turned: float = 2.0) -> Image.Image:
    """A scanned A4 sheet at 150 dots per inch, a little askew and speckled, with QR codes at its foot."""
    page = Image.new("L", (1240, 1754), 250)
    for n, text in enumerate(says):
        held = io.BytesIO()
        segno.make(text, error="m").save(held, kind="png", scale=4)
        page.paste(Image.open(held).convert("L"), (80 + 400 * n, 1500))
    page = page.rotate(turned, fillcolor=250)
    chance = random.Random(7)
    for _ in range(2_000):
        page.putpixel((chance.randrange(1240), chance.randrange(1754)), chance.randrange(256))
    return page


def saved(*pages: Image.Image, form: str = "PDF") -> bytes:
    held = io.BytesIO()
    many = {"save_all": True, "append_images": [page.copy() for page in pages[1:]]} if form in ("PDF", "TIFF") else {}
    more = many | ({"resolution": 150} if form == "PDF" else {})
    pages[0].copy().save(held, form, **more)  # a picture remembers how it was saved
    return held.getvalue()


def address(of: MinutesVersion, **other: object) -> str:
    stamp = Stamp.of(of.meeting.code, of.number, of.sha256)
    fields = {"code": stamp.code, "version": stamp.version, "short": stamp.short} | other
    return Stamp(**fields).address("http://dabir.example")  # type: ignore[arg-type]


def test_who_signed_on_which_day_is_recorded_by_the_secretary(world: Personas, version: MinutesVersion) -> None:
    agency = world.parties["agriculture"]
    services.record_signatures(version, [(agency, agency.name), (None, "دکتر نمونه")], day=DAY, by=world.secretary)
    kept = Signature.objects.values_list("name", "party", "signed_on")
    assert list(kept) == [(agency.name, agency.pk, DAY), ("دکتر نمونه", None, DAY)]
    with pytest.raises(Conflict):
        services.record_signatures(version, [(None, "دکتر نمونه")], day=DAY, by=world.secretary)
    with pytest.raises(Refused):
        services.record_signatures(version, [(None, "دیگری")], day=DAY, by=world.staff)


@pytest.mark.parametrize("day", [date(2019, 10, 8), date(2019, 10, 13)])
def test_nobody_signs_before_the_meeting_or_after_today(world: Personas, version: MinutesVersion, day: date) -> None:
    with pytest.raises(Invalid):
        services.record_signatures(version, [(None, "دکتر نمونه")], day=day, by=world.secretary)


@pytest.mark.parametrize("form", ["PDF", "JPEG", "PNG", "TIFF"])
def test_a_scan_is_matched_by_its_code(world: Personas, version: MinutesVersion, form: str) -> None:
    data = saved(sheet(address(version)), form=form)
    (scan,) = services.sort_scan(data, name=f"scan.{form}", by=world.staff)
    assert (scan.version, scan.matched) == (version, True)
    with pytest.raises(Conflict):
        services.attach_scan(version, data, name="again", by=world.secretary)
    assert list(ledger.audit()) == []


def test_the_code_is_found_on_any_sheet_of_a_pdf(world: Personas, version: MinutesVersion) -> None:
    data = saved(sheet(), sheet(address(version), turned=180), sheet("https://example.com/"))
    assert services.attach_scan(version, data, name="scan.pdf", by=world.secretary).matched


def test_a_scan_without_a_readable_code_is_attached_where_one_stands(world: Personas, version: MinutesVersion) -> None:
    data = saved(sheet())
    with pytest.raises(Invalid):
        services.sort_scan(data, name="scan.pdf", by=world.secretary)
    scan = services.attach_scan(version, data, name="scan.pdf", by=world.secretary)
    assert not scan.matched
    services.remove_scan(scan, by=world.secretary)
    assert not SignedScan.objects.exists()


@pytest.mark.parametrize("other", [{"code": "hq-1398-9"}, {"version": 2}, {"short": "0" * 12}])
def test_sheets_of_other_minutes_are_refused(
    world: Personas, version: MinutesVersion, other: dict[str, object]
) -> None:
    data = saved(sheet(address(version, **other)), form="PNG")
    with pytest.raises(Conflict) as refused:
        services.attach_scan(version, data, name="scan.png", by=world.secretary)
    if code := other.get("code"):
        assert str(code) in str(refused.value)
    with pytest.raises((Invalid, Conflict)):
        services.sort_scan(data, name="scan.png", by=world.secretary)
    assert not SignedScan.objects.exists()


def test_a_pile_of_several_meetings_is_parted_by_its_sheets(
    world: Personas, version: MinutesVersion, other: MinutesVersion
) -> None:
    """In order, each meeting's sheets as a file of their own; what came in is kept beside them."""
    ours, theirs = sheet(address(version)), sheet(address(other), turned=181)
    pile = saved(ours, theirs, ours, ours, theirs)
    kept = services.sort_scan(pile, name="pile.pdf", by=world.staff)
    assert [(one.version, one.name, one.matched) for one in kept] == [
        (version, "pile (1, 3-4).pdf", True),
        (other, "pile (2, 5).pdf", True),
    ]
    parts = [pypdfium2.PdfDocument(files.get(one.file)) for one in kept]
    assert [len(part) for part in parts] == [3, 2]
    codes = [json.loads(scans.codes_on(files.get(one.file), Quiet()))["codes"] for one in kept]
    assert codes == [[[address(version)]] * 3, [[address(other)]] * 2]
    assert [files.get(one.whole) for one in kept if one.whole] == [pile, pile]
    with pytest.raises(Conflict):
        services.sort_scan(pile, name="again.pdf", by=world.secretary)
    assert SignedScan.objects.count() == 2 and list(ledger.audit()) == []


def test_a_pile_is_parted_whole_or_not_at_all(world: Personas, version: MinutesVersion, other: MinutesVersion) -> None:
    ours, theirs = sheet(address(version)), sheet(address(other))
    refused = {
        "برگ ۲": saved(ours, sheet(), theirs),
        "برگ ۱": saved(sheet(address(version), address(other)), ours),
        "PDF": saved(ours, theirs, form="TIFF"),
        "hq-1398-99": saved(ours, sheet(address(version, code="hq-1398-99"))),
        "چکیده": saved(ours, sheet(address(other, short="0" * 12))),
    }
    for told, pile in refused.items():
        with pytest.raises((Invalid, Conflict)) as refusal:
            services.sort_scan(pile, name="pile", by=world.secretary)
        assert told in str(refusal.value)
    classify_meeting(other.meeting, SecrecyClass.SECRET, by=world.secretary)
    with pytest.raises(Invalid):
        services.sort_scan(saved(ours, theirs), name="pile.pdf", by=world.staff)
    assert not SignedScan.objects.exists()


def test_another_secretariat_is_not_told_what_a_code_means(world: Personas, version: MinutesVersion) -> None:
    with pytest.raises(Invalid):
        services.sort_scan(saved(sheet(address(version)), form="PNG"), name="a.png", by=world.other_secretary)


def _locked() -> bytes:
    return b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<</Size 1>>\n%%EOF"


def _wide() -> bytes:
    document = pypdfium2.PdfDocument.new()
    document.new_page(14_000, 200)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


@pytest.mark.parametrize(
    "data",
    [b"", b"<html>", b"GIF89a\x01\x00\x01\x00", _locked(), _wide(), b"\xff\xd8\xff\xe0" + b"\0" * 50],
    ids=["empty", "html", "gif", "broken-pdf", "wide", "broken-jpeg"],
)
def test_what_is_no_scan_is_refused_with_a_sentence(world: Personas, version: MinutesVersion, data: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        services.attach_scan(version, data, name="x\u202e.pdf", by=world.secretary)
    assert refused.value.field == "scan"
    assert not SignedScan.objects.exists()


def test_a_picture_of_endless_points_is_not_unpacked(world: Personas, version: MinutesVersion) -> None:
    data = saved(Image.new("1", (30_000, 30_000)), form="PNG")
    assert len(data) < 1_000_000
    with pytest.raises(Invalid):
        services.attach_scan(version, data, name="bomb.png", by=world.secretary)
