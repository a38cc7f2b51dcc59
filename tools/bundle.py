"""One archive that installs Dabir where there is no network: `make bundle`.

It has wheels for Linux and Windows (x86-64, Python 3.11 to 3.13) of what `requirements.lock` pins and Dabir needs to
run, with their hashes, Dabir's own wheel, a start script for each system, and a list of licences. The index that is
asked is whatever pip and uv are configured for.
"""

from __future__ import annotations

import argparse
import ensurepip
import io
import os
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path

from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename

ROOT = Path(__file__).parents[1]
PARTS = ROOT / "tools" / "bundled"
PYTHONS = ((3, 11), (3, 12), (3, 13))


class Incomplete(Exception):
    """A requirement has no wheel for a target."""


@dataclass(frozen=True, slots=True)
class Target:
    """A system and a Python for which the bundle has wheels."""

    system: str
    python: tuple[int, int]

    @property
    def platforms(self) -> list[str]:
        if self.system == "win32":
            return ["win_amd64"]
        older = [f"manylinux_2_{minor}_x86_64" for minor in range(28, 4, -1)]
        return [*older, "manylinux2014_x86_64", "manylinux2010_x86_64", "manylinux1_x86_64"]

    @property
    def environment(self) -> dict[str, str]:
        """What markers ask for; the names are those of PEP 508."""
        version = "{}.{}".format(*self.python)
        windows = self.system == "win32"
        return {
            "python_version": version,
            "python_full_version": f"{version}.0",
            "implementation_name": "cpython",
            "implementation_version": f"{version}.0",
            "platform_python_implementation": "CPython",
            "os_name": "nt" if windows else "posix",
            "sys_platform": self.system,
            "platform_system": "Windows" if windows else "Linux",
            "platform_machine": "AMD64" if windows else "x86_64",
            "platform_release": "",
            "platform_version": "",
            "extra": "",
        }

    @property
    def tags(self) -> frozenset[Tag]:
        """The tags of wheels that it takes."""
        mine = cpython_tags(self.python, platforms=self.platforms)
        return frozenset(mine) | frozenset(compatible_tags(self.python, platforms=self.platforms))

    def __str__(self) -> str:
        return f"{self.system} with Python {self.python[0]}.{self.python[1]}"


TARGETS = [Target(system, python) for system in ("linux", "win32") for python in PYTHONS]


@dataclass(frozen=True, slots=True)
class Pinned:
    """A requirement of the lock, pinned, and the hashes of its files."""

    requirement: Requirement
    hashes: tuple[str, ...]

    @property
    def name(self) -> str:
        return canonicalize_name(self.requirement.name)

    @property
    def version(self) -> str:
        (only,) = self.requirement.specifier
        return only.version

    def is_for(self, target: Target) -> bool:
        return not self.requirement.marker or self.requirement.marker.evaluate(dict(target.environment))


def pinned(lock: str) -> list[Pinned]:
    """The requirements of a lock's text."""
    found = []
    for line in lock.replace("\\\n", " ").splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            text, *hashes = re.split(r"\s+--hash=", line.strip())
            found.append(Pinned(Requirement(text), tuple(hashes)))
    return found


def wheels_of(target: Target, lock: Iterable[Pinned], wheels: Iterable[str]) -> list[str]:
    """The wheel of each requirement that applies to the target; `Incomplete` names those that have none."""
    there = [(name, *parse_wheel_filename(name)) for name in wheels]
    chosen, missing = [], []
    for one in lock:
        if one.is_for(target):
            fit = [n for n, name, version, _, tags in there if name == one.name and tags & target.tags and str(version)]
            fit = [n for n in fit if str(parse_wheel_filename(n)[1]) == one.version]
            chosen += fit[:1]
            missing += [] if fit else [one.name]
    if missing:
        raise Incomplete(f"no wheel for {target}: {', '.join(missing)}")
    return chosen


def main() -> int:
    parser = argparse.ArgumentParser(prog="tools.bundle", description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    parser.add_argument("--wheels", type=Path, help="where wheels are kept from one run to the next")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="dabir-bundle-") as folder:
        kept = options.wheels or options.out / "wheels"
        kept.mkdir(parents=True, exist_ok=True)
        lock = _runtime_lock(Path(folder))
        own = _own_wheel(Path(folder))
        for target in TARGETS:
            _download(target, pinned(lock), kept, Path(folder))
        there = sorted(path.name for path in kept.glob("*.whl"))
        used = sorted({name for target in TARGETS for name in wheels_of(target, pinned(lock), there)})
        version = str(parse_wheel_filename(own.name)[1])
        path = options.out / f"dabir-{version}-bundle.zip"
        _write(path, lock, [own, _pip(), *(kept / name for name in used)], version)
    print(f"{path}: {path.stat().st_size / 1_000_000:.0f} MB, {len(used)} wheels for {len(TARGETS)} targets")
    return 0


def _runtime_lock(folder: Path) -> str:
    """The lock without what only developers need; the versions and hashes are those of `requirements.lock`."""
    out = folder / "runtime.lock"
    command = ["pip", "compile", "pyproject.toml", "--extra", "server", "--universal", "--generate-hashes"]
    command += ["--no-header", "--no-annotate", "-q", "-c", "requirements.lock", "-o", str(out)]
    _uv(*command)
    text = out.read_text(encoding="utf-8")
    full = {(one.name, one.version): set(one.hashes) for one in pinned((ROOT / "requirements.lock").read_text("utf-8"))}
    other = [one.name for one in pinned(text) if set(one.hashes) != full.get((one.name, one.version))]
    if other:
        raise Incomplete(f"not as in requirements.lock: {', '.join(other)}; run `make lock`")
    return text


def _own_wheel(folder: Path) -> Path:
    _uv("build", "-q", "--wheel", "--no-build-isolation", "--python", sys.executable, "-o", str(folder), str(ROOT))
    (wheel,) = folder.glob("dabir-*.whl")
    return wheel


def _download(target: Target, lock: list[Pinned], kept: Path, folder: Path) -> None:
    """Fetch what is not there yet; pip would take markers for those of the machine that it runs on."""
    there = [path.name for path in kept.glob("*.whl")]
    wanted = []
    for one in lock:
        try:
            wheels_of(target, [one], there)
        except Incomplete:
            hashes = " ".join(f"--hash={hash_}" for hash_ in one.hashes)
            wanted.append(f"{one.name}=={one.version} {hashes}")
    if not wanted:
        return
    print(f"{len(wanted)} wheels for {target}", flush=True)
    (folder / "wanted.txt").write_text("\n".join(wanted), encoding="utf-8")
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--require-hashes", "--only-binary=:all:"]
    command += ["-r", str(folder / "wanted.txt"), "-d", str(kept), "--implementation", "cp"]
    command += ["--python-version", "{}.{}".format(*target.python)]
    command += [part for platform in target.platforms for part in ("--platform", platform)]
    command += [part for abi in ("cp{}{}".format(*target.python), "abi3", "none") for part in ("--abi", abi)]
    subprocess.run(command, check=True)


def _pip() -> Path:
    """The installer that this Python brings: some systems leave it out."""
    (wheel,) = (Path(ensurepip.__file__).parent / "_bundled").glob("pip-*.whl")
    return wheel


def _write(path: Path, lock: str, wheels: list[Path], version: str) -> None:
    top = f"dabir-{version}"
    part = path.with_suffix(".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, text in (("requirements.txt", lock), ("LICENCES.txt", "\n".join(_licences(wheels)) + "\n")):
            info = zipfile.ZipInfo(f"{top}/{name}", time.localtime()[:6])
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            bundle.writestr(info, text)
        for name in ("README.txt", "start.sh", "start.cmd"):
            text = (PARTS / name).read_text(encoding="utf-8")
            info = zipfile.ZipInfo.from_file(PARTS / name, f"{top}/{name}")
            info.external_attr = (0o755 if name == "start.sh" else 0o644) << 16
            bundle.writestr(info, text.replace("\n", "\r\n") if name == "start.cmd" else text)
        bundle.write(ROOT / "docs" / "operations.md", f"{top}/docs/operations.md")
        for path_of_example in sorted((ROOT / "examples" / "server").iterdir()):
            bundle.write(path_of_example, f"{top}/docs/server/{path_of_example.name}")
        for wheel in wheels:
            bundle.write(wheel, f"{top}/wheels/{wheel.name}", compress_type=zipfile.ZIP_STORED)
    os.replace(part, path)


def _licences(wheels: list[Path]) -> Iterator[str]:
    """A line for each wheel: name, version, licence as it says itself. The texts are inside the wheels."""
    said = {}
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as members:
            name = next(n for n in members.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", n))
            data = HeaderParser().parse(io.TextIOWrapper(members.open(name), encoding="utf-8"))
        classifiers = [c.rpartition(" :: ")[2] for c in data.get_all("Classifier", []) if c.startswith("License ::")]
        licence = data["License-Expression"] or ", ".join(classifiers) or (data["License"] or "").split("\n")[0]
        said[f"{data['Name']} {data['Version']}"] = licence or "see its wheel"
    for what, licence in sorted(said.items(), key=lambda pair: pair[0].lower()):
        yield f"{what}: {licence}"


def _uv(*arguments: str) -> None:
    subprocess.run([str(Path(sys.executable).with_name("uv")), *arguments], check=True, cwd=ROOT)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (Incomplete, subprocess.CalledProcessError) as error:
        sys.exit(f"make bundle: {error}")
