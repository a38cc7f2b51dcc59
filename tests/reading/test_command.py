from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from dabir.reading.command import main
from dabir.reading.context import Context, KnownParty
from dabir.reading.sources import LARGEST
from tests.reading.sources.word import docx, p

PAPER = """صورتجلسه شماره ۴ ستاد بهره‌وری
تاریخ جلسه: ۱۴۰۲/۰۳/۰۷

مصوبات:
۱- شهرداری تا ۱۴۰۲/۰۳/۳۰ گزارش خود را به دبیرخانه ستاد ارسال نماید.
"""


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "minutes.txt"
    path.write_text(PAPER, encoding="utf-8")
    return path


def test_one_file_prints_one_object(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(paper), "--json"]) == 0
    read = json.loads(capsys.readouterr().out)
    assert read["header"]["number"] == 4
    assert read["resolutions"][0]["obligations"][0]["due"]["iso"] == "2023-06-20"


def test_several_files_print_a_list_in_their_order(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(paper), str(paper.with_name("none.txt")), str(paper), "--json"]) == 2
    printed = capsys.readouterr()
    first, failed, last = json.loads(printed.out)
    assert first == last
    assert failed == {"file": str(paper.with_name("none.txt")), "error": "missing"}
    assert "none.txt" in printed.err and "no such file" in printed.err and "check the name" in printed.err


def test_who_reads_may_stop_before_the_end(paper: Path) -> None:
    command = [sys.executable, "-m", "dabir", "read", *[str(paper)] * 40, "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as reading:
        assert reading.stdout is not None and reading.stderr is not None
        reading.stdout.close()
        assert reading.stderr.read() == b""
    assert reading.returncode == 0


def test_people_get_a_table(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(paper)]) == 0
    printed = capsys.readouterr().out
    assert "ستاد بهره‌وری" in printed
    assert "مسئول: شهرداری" in printed
    assert "1402/03/30" in printed


def test_text_without_anything_of_minutes_is_printed_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "poem.txt"
    path.write_text("بشنو این نی چون حکایت می‌کند\n", encoding="utf-8")
    assert main([str(path), "--json"]) == 1
    printed = capsys.readouterr()
    assert json.loads(printed.out)["resolutions"] == []
    assert "poem.txt" in printed.err


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02" * 50, "binary"),
        (b"a" * (LARGEST + 1), "too-large"),
        (b"\xe9t\xe9" * 9, "undecodable"),
    ],
    ids=["empty", "binary", "too large", "undecodable"],
)
def test_unreadable_file_is_told_with_cause_and_remedy(
    content: bytes, cause: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "paper.bin"
    path.write_bytes(content)
    assert main([str(path), "--json"]) == 2
    printed = capsys.readouterr()
    assert json.loads(printed.out) == {"file": str(path), "error": cause}
    assert str(path) in printed.err and ";" in printed.err


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no such device here")
def test_device_without_an_end_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["/dev/zero", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"] == "too-large"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_pipe_that_nobody_writes_to_is_empty_and_not_waited_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert main([str(tmp_path / "pipe"), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"] == "empty"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_what_another_program_writes_is_read(paper: Path) -> None:
    command = ["bash", "-c", '"$0" -m dabir read <(sleep 0.3; cat "$1") --json', sys.executable, str(paper)]
    done = subprocess.run(command, capture_output=True, check=True)
    assert json.loads(done.stdout)["header"]["number"] == 4


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_result_is_utf_8_whatever_the_place_takes(encoding: str, paper: Path) -> None:
    command = [sys.executable, "-m", "dabir", "read", str(paper)]
    environment = os.environ | {"PYTHONIOENCODING": encoding}
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    assert "ستاد بهره‌وری" in done.stdout.decode()


def test_nothing_is_printed_where_nothing_was_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "none.txt")]) == 2
    assert capsys.readouterr().out == ""


def test_folder_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"] == "folder"


def test_parties_of_the_context_are_named(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    context = Context(parties=(KnownParty(7, "شهرداری ابهر", ("شهرداری",)),))
    main([str(paper), "--json"], lambda _day: context)
    lead = json.loads(capsys.readouterr().out)["resolutions"][0]["obligations"][0]["lead"]
    assert (lead["text"], lead["organization"], lead["party"], lead["score"]) == ("شهرداری", "شهرداری ابهر", 7, 1.0)


def test_register_is_asked_for_the_day_of_each_meeting(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    undated = paper.with_name("undated.txt")
    undated.write_text(PAPER.replace("تاریخ جلسه: ۱۴۰۲/۰۳/۰۷", ""), encoding="utf-8")
    asked: list[date | None] = []

    def register(day: date | None) -> Context:
        asked.append(day)
        return Context()

    main([str(paper), str(undated), "--json"], register)
    assert asked == [date(2023, 5, 28), None]


def test_command_starts_without_django(paper: Path) -> None:
    code = (
        "import sys; from dabir.reading.command import main; main(sys.argv[1:]); "
        "sys.exit(any(name.partition('.')[0] == 'django' for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(paper)], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize(
    "junk", ["مقرر شد شهرداری ", "با حضور ", "۱- ", "(((«", "1398/07/17 ", "ا", "الف\tب\n", "جلسه مورخ "]
)
def test_junk_takes_time_in_proportion_to_its_length(junk: str) -> None:
    from dabir.reading.reader import read_text

    def seconds(letters: int) -> float:
        began = time.process_time()
        read_text(junk * (letters // len(junk)), Context())
        return time.process_time() - began

    assert seconds(80_000) < 8 * max(seconds(20_000), 0.05)


def test_word_document_is_read_as_its_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "minutes.docx"
    path.write_bytes(docx(*(p(line) for line in PAPER.split("\n"))))
    assert main([str(path), "--json"]) == 0
    read = json.loads(capsys.readouterr().out)
    assert read["header"]["number"] == 4
    assert read["lines"][-1].startswith("۱- شهرداری")


def test_name_that_says_another_kind_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "minutes.docx"
    path.write_text(PAPER, encoding="utf-8")
    assert main([str(path)]) == 2
    assert "minutes.docx: its name says a Word document" in capsys.readouterr().err


def test_result_that_cannot_be_written_is_told(paper: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "dabir", "read", str(paper)], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert b"cannot be written" in done.stderr and b"free some space" in done.stderr


def test_closed_output_is_told(paper: Path) -> None:
    command = f"exec {shlex.quote(sys.executable)} -m dabir read {shlex.quote(str(paper))} >&-"
    done = subprocess.run(["sh", "-c", command], stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2 and b"standard output is closed" in done.stderr


def test_file_whose_name_is_no_text_is_named_all_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / os.fsdecode(b"minutes-\xff.txt")
    path.write_bytes(b"")
    assert main([str(path), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"] == "empty"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
@pytest.mark.parametrize("limit", ["memory", "time"])
def test_what_takes_too_much_is_stopped_and_told(limit: str, paper: Path) -> None:
    """In a process of its own: the limits are set so low that reading alone meets them."""
    code = (
        "import sys; from dabir.reading import command, limits;"
        "low = {'memory': {'memory': 40 << 20}, 'time': {'seconds': 0.3}}[sys.argv[1]];"
        "command.bounded = lambda: limits.bounded(**low);"
        "sys.exit(command.main(sys.argv[2:]))"
    )
    paper.write_text(PAPER + "شهرداری مقرر شد گزارش دهد و تا پایان مهر ۱۴۰۲ بفرستد.\n" * 40_000, encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", code, limit, str(paper)], capture_output=True, check=False)
    assert done.returncode == 2
    assert {"memory": b"too much to read at once", "time": b"took too long"}[limit] in done.stderr
