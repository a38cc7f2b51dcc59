"""The manifest of an archive, whoever wrote it: a sentence says that it cannot be read, and never a traceback."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dabir.foundation.backup.manifest import File, Manifest, NoManifest, Table

SHA = "a" * 64
SOUND = Manifest(
    dabir="0.1.0",
    made_at="2019-10-12T02:30:00+03:30",
    engine="sqlite",
    migrations={"foundation": ["0001_initial"]},
    head_number=3,
    head_hash=SHA,
    tables=[Table("foundation_user", ["id", "username"], 2, 60, SHA, 2)],
    files=[File(SHA, 12)],
    faults=["a file is gone"],
)
VALUES: list[Any] = [None, True, -1, 2**70, 1.5, "x", [], ["x"], [1], [None], {}, {"x": 1}, {"x": [1]}, "../../etc"]


def changed(path: tuple[str | int, ...], value: Any) -> bytes:
    data = json.loads(SOUND.as_json())
    place = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return json.dumps(data).encode()


def read(text: bytes) -> Manifest | None:
    try:
        return Manifest.from_json(text)
    except NoManifest:
        return None


def test_what_was_written_is_read() -> None:
    assert Manifest.from_json(SOUND.as_json().encode()) == SOUND


@pytest.mark.parametrize(
    ("path", "fits"),
    [
        (("dabir",), (str,)),
        (("head_number",), (int,)),
        (("secret_key",), (str,)),
        (("faults", 0), (str,)),
        (("migrations", "foundation"), (list,)),
        (("tables", 0, "rows"), (int,)),
        (("tables", 0, "size"), (int,)),
        (("tables", 0, "last_id"), (int, type(None))),
        (("tables", 0, "columns"), (list,)),
        (("tables", 0, "sha256"), ()),
        (("files", 0, "size"), (int,)),
        (("files", 0, "sha256"), ()),
        (("tables",), (list,)),
        (("files",), (list,)),
    ],
    ids=str,
)
def test_a_value_of_another_kind_is_refused(path: tuple[str | int, ...], fits: tuple[type, ...]) -> None:
    for value in VALUES:
        if type(value) not in fits:
            assert read(changed(path, value)) is None, value


@pytest.mark.parametrize("text", [b"[" * 100_000, b"", b"null", b"[]", b"{}", b"\xff", b'{"format": "dabir-backup"}'])
def test_what_is_no_manifest_is_refused(text: bytes) -> None:
    assert read(text) is None


def test_any_value_in_the_place_of_a_table_is_refused_or_read() -> None:
    paths: list[tuple[str | int, ...]] = [("tables",), ("tables", 0), ("files",), ("files", 0), ("migrations",)]
    for value in [*VALUES, *([inner] for inner in VALUES), *({"name": inner} for inner in VALUES)]:
        for path in paths:
            found = read(changed(path, value))
            assert found is None or isinstance(found.rows, int), (path, value)
