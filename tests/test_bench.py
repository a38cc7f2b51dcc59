"""The benchmark of the reader measures what it says; how fast that is, no test may hang on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from dabir.config import bench
from dabir.reading.context import Context
from dabir.reading.reader import read_text
from tools.bench import corpus, follow_up, hazm, pages


def test_documents_come_from_the_seed_alone() -> None:
    assert corpus.documents(20, seed=3) == corpus.documents(20, seed=3)
    assert corpus.documents(20, seed=3) != corpus.documents(20, seed=4)


def test_a_thousand_documents_differ_and_few_of_their_lines_come_again() -> None:
    texts = corpus.documents()
    assert len(set(texts)) == 1_000
    assert all(corpus.SMALLEST <= len(text.encode()) <= corpus.LARGEST for text in texts)
    distinct, lines = corpus.distinct_lines(texts)
    assert distinct > 0.6 * lines
    letters = sum(len(line) for text in texts for line in text.split("\n"))
    assert sum(map(len, {line for text in texts for line in text.split("\n")})) > 0.85 * letters


def test_documents_are_minutes_to_the_reader() -> None:
    texts = corpus.documents(40)
    read = [read_text(text, Context()) for text in texts]
    assert all(minutes.recognised for minutes in read)
    assert sum(len(minutes.resolutions) for minutes in read) > 5 * len(texts)


@pytest.mark.parametrize("size", [10_000, 100_000])
def test_a_long_document_has_its_size_and_no_item_twice(size: int) -> None:
    text = corpus.long_document(size)
    assert abs(len(text.encode()) - size) < 1_000
    items = [line.partition("- ")[2] for line in text.split("\n") if "- " in line]
    assert len(set(items)) > 0.95 * len(items)


def test_the_command_prints_a_table_and_writes_every_figure(tmp_path: Path) -> None:
    written = tmp_path / "new" / "reading.json"
    arguments = ["reading", "--json", str(written), "--documents", "3", "--rounds", "1", "--sizes", "2000,4000"]
    done = subprocess.run(
        [sys.executable, "-m", "dabir", "bench", *arguments, "--alone", "--profile"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    figures = json.loads(written.read_text(encoding="utf-8"))
    assert figures["machine"]["python"] and figures["corpus"]["documents"] == 3
    assert figures["throughput"]["reading, JSON out"]["megabytes_per_second"] > 0
    assert [row["bytes"] > 0 for row in figures["growth"]] == [True, True] and "exponent" in figures["growth"][1]
    for words in ("reading, JSON out", "not measured: left out", "exponent", "dabir read FILE", "stages", "modules"):
        assert words in done.stdout


def test_the_reader_is_measured_without_django() -> None:
    code = (
        "import sys; sys.argv = ['dabir', 'bench', 'reading', '--help']; from dabir.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: sys.exit(any(name.partition('.')[0] == 'django' for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "--json FILE" in done.stdout


def test_figures_that_cannot_be_written_are_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    arguments = ["--alone", "--documents", "1", "--rounds", "1", "--sizes", "1000"]
    done = subprocess.run(
        [sys.executable, "-m", "dabir", "bench", "reading", *arguments, "--json", str(tmp_path / "taken" / "x.json")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2 and "x.json" in done.stderr and "another --json" in done.stderr


def test_hazm_that_cannot_be_had_is_told_with_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / ("Scripts" if sys.platform == "win32" else "bin")
    folder.mkdir()
    (tmp_path / "made").touch()
    python = folder / ("python.exe" if sys.platform == "win32" else "python")
    python.symlink_to(sys.executable)
    monkeypatch.setattr(hazm, "CACHE", tmp_path)
    with pytest.raises(hazm.NotMeasured, match="hazm"), hazm.Hazm([b"text"]):
        pass


def test_outside_of_a_checkout_the_benchmarks_are_told_to_be_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench, "CHECKOUT", tmp_path)
    assert bench.main(["reading"]) == 2
    assert "source checkout" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="it forks")
def test_pages_are_measured_with_what_they_cost_in_the_database(tmp_path: Path) -> None:
    written = tmp_path / "pages.json"
    arguments = ["pages", "--json", str(written), "--sizes", "60", "--rounds", "1"]
    subprocess.run([sys.executable, "-m", "dabir", "bench", *arguments], cwd=tmp_path, capture_output=True, check=True)
    rows = json.loads(written.read_text(encoding="utf-8"))["rows"]
    assert {"register", "meeting", "resolution", "party"} <= {row["name"] for row in rows}
    for row in rows:
        assert row["size"] == 60 and row["queries"] > 0 and row["bytes"] > 1_000
        assert row["python_ms"] > 0 and row["database_ms"] > 0
        assert row["anew_ms"] > row["floor_ms"] > 0  # what is remembered asks for less than its rows


@pytest.mark.skipif(sys.platform == "win32", reason="it forks")
def test_lists_are_measured_as_they_leave(tmp_path: Path) -> None:
    written = tmp_path / "lists.json"
    arguments = ["lists", "--json", str(written), "--sizes", "60", "--rounds", "1"]
    done = subprocess.run(
        [sys.executable, "-m", "dabir", "bench", *arguments], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    rows = json.loads(written.read_text(encoding="utf-8"))["rows"]
    assert {row["name"].partition(",")[0] for row in rows} == {"CSV", "XLSX"}
    assert all(row["bytes"] > 200 and row["python_ms"] > 0 for row in rows) and "all ms" in done.stdout


def test_the_bench_of_documents_states_seconds_at_so_many_pages(tmp_path: Path) -> None:
    written = tmp_path / "documents.json"
    command = [
        sys.executable,
        "-m",
        "dabir",
        "bench",
        "documents",
        "--json",
        str(written),
        "--sizes",
        "1",
        "--rounds",
        "1",
    ]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    rows = {row["name"]: row for row in json.loads(written.read_text(encoding="utf-8"))["rows"]}
    assert set(rows) == {"pdf", "pdf, served", "docx", "compile"}
    assert all(row["size"] == 1 and 0 < row["seconds"] <= row["slowest"] for row in rows.values())


@pytest.mark.once
@pytest.mark.django_db
def test_following_up_asks_no_more_of_the_database_where_there_are_more_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DABIR_TODAY", "1398/12/01")
    size = follow_up.SIZES["office"]
    follow_up.fill(size)
    few = pages.measure(1, 1, follow_up.asked())
    follow_up.add(size, year=2)
    many = pages.measure(2, 1, follow_up.asked())
    assert len(few) >= 12
    assert [(row["name"], row["queries"]) for row in few] == [(row["name"], row["queries"]) for row in many]
    verbs = follow_up.verbs(size)
    assert [row["name"] for row in verbs] == ["acknowledge", "report", "confirm", "verify"]
    assert all(row["acts"] and row["per_second"] > 0 for row in verbs)
    assert "acts a second" in follow_up.table(few + verbs)
