"""What goes into the bundle: for each system and Python a wheel of each requirement that applies there, or none at all.

Making one asks an index for 150 MB; `make bundle` does that, and `make drill` installs it without a network.
"""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path

import pytest

from tools import bundle
from tools.bundle import Incomplete, Target, pinned, wheels_of

LOCK = """\
asgiref==3.13.0 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
colorama==0.4.6 ; sys_platform == 'win32' --hash=sha256:cc
greenlet==3.0 ; python_full_version < '3.12' --hash=sha256:dd
lxml==6.1.3 \\
    --hash=sha256:ee
"""
LINUX, OLDER, WINDOWS = Target("linux", (3, 12)), Target("linux", (3, 11)), Target("win32", (3, 13))
WHEELS = [
    "asgiref-3.13.0-py3-none-any.whl",
    "asgiref-3.12.0-py3-none-any.whl",
    "colorama-0.4.6-py2.py3-none-any.whl",
    "greenlet-3.0-cp311-cp311-manylinux_2_17_x86_64.whl",
    "lxml-6.1.3-cp311-cp311-manylinux_2_28_x86_64.whl",
    "lxml-6.1.3-cp312-cp312-manylinux_2_26_x86_64.manylinux_2_28_x86_64.whl",
    "lxml-6.1.3-cp313-cp313-win_amd64.whl",
]


def test_a_lock_is_read_with_its_hashes_and_markers() -> None:
    found = pinned(LOCK)
    assert [(one.name, one.version, one.hashes) for one in found][:2] == [
        ("asgiref", "3.13.0", ("sha256:aa", "sha256:bb")),
        ("colorama", "0.4.6", ("sha256:cc",)),
    ]
    assert [[one.is_for(target) for one in found] for target in (LINUX, OLDER, WINDOWS)] == [
        [True, False, False, True],
        [True, False, True, True],
        [True, True, False, True],
    ]


def test_each_target_gets_its_own_wheels() -> None:
    lock = pinned(LOCK)
    assert wheels_of(LINUX, lock, WHEELS) == [WHEELS[0], WHEELS[5]]
    assert wheels_of(OLDER, lock, WHEELS) == [WHEELS[0], WHEELS[3], WHEELS[4]]
    assert wheels_of(WINDOWS, lock, WHEELS) == [WHEELS[0], WHEELS[2], WHEELS[6]]


@pytest.mark.parametrize(
    "other",
    [
        "lxml-6.1.2-cp312-cp312-manylinux_2_28_x86_64.whl",
        "lxml-6.1.3-cp312-cp312-manylinux_2_31_x86_64.whl",
        "lxml-6.1.3-cp312-cp312-manylinux_2_28_aarch64.whl",
        "lxml-6.1.3-cp312-cp312-musllinux_1_2_x86_64.whl",
        "lxml-6.1.3-cp312-cp312-win32.whl",
    ],
)
def test_a_wheel_of_another_version_or_machine_does_not_count(other: str) -> None:
    with pytest.raises(Incomplete, match=r"linux with Python 3\.12: lxml"):
        wheels_of(LINUX, pinned(LOCK), [*WHEELS[:5], other])


def test_the_lock_of_this_version_pins_and_hashes_everything() -> None:
    lock = pinned((bundle.ROOT / "requirements.lock").read_text(encoding="utf-8"))
    assert len(lock) > 30 and all(one.version and one.hashes for one in lock)
    assert {"django", "psycopg", "cryptography"} <= {one.name for one in lock if one.is_for(WINDOWS)}


def test_licences_are_what_wheels_say_of_themselves(tmp_path: Path) -> None:
    for name, said in (
        ("a-1", "Name: A\nVersion: 1\nLicense-Expression: MIT\nClassifier: License :: Other\n"),
        ("b-2", "Name: b\nVersion: 2\nClassifier: License :: OSI Approved :: BSD License\n"),
        ("c-3", "Name: c\nVersion: 3\n"),
    ):
        with zipfile.ZipFile(tmp_path / f"{name}-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"{name}.dist-info/METADATA", said)
    assert list(bundle._licences(sorted(tmp_path.iterdir()))) == ["A 1: MIT", "b 2: BSD License", "c 3: see its wheel"]


def test_the_start_script_is_a_plain_shell_script() -> None:
    subprocess.run(["sh", "-n", str(bundle.PARTS / "start.sh")], check=True)
