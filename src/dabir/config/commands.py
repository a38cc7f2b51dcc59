"""The command line: each command parses, finds out who acts, and calls a room below.

Exit status: 0 done; 1 done, and there is something to see to; 2 refused or impossible, with the reason on stderr.
What is none of ours goes to Django's own commands (`dabir migrate`, `dabir makemigrations`, …).
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command, execute_from_command_line

Command = Callable[[argparse.Namespace], int]


def run(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dabir.config.settings")
    parser, commands = _parser()
    if arguments and not arguments[0].startswith("-") and arguments[0] not in commands:
        execute_from_command_line(["dabir", *arguments])
        return 0
    options = parser.parse_args(arguments or ["--help"])
    options.line = arguments
    django.setup()
    from django.db import OperationalError, ProgrammingError

    from dabir.foundation.errors import DomainError

    try:
        return COMMANDS[options.command](options)
    except DomainError as error:
        reason = str(error)
    except (OperationalError, ProgrammingError) as error:
        reason = f"the database of {settings.DABIR_HOME} cannot be used ({error}); `dabir migrate` brings it up to date"
    print(f"dabir {options.command}: {reason}", file=sys.stderr)
    return 2


def serve(options: argparse.Namespace) -> int:
    """Migrate, gather the static files, answer at an address and do the jobs, in one process."""
    from dabir.foundation.inuse import in_use

    with in_use():
        return _serve(options)


def _serve(options: argparse.Namespace) -> int:
    import waitress

    from dabir.foundation.errors import Invalid
    from dabir.foundation.jobs.workers import at_work
    from dabir.foundation.models import User

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    from dabir.config.wsgi import application  # it looks for the static files when it is made

    address = f"http://{options.host}:{options.port}"
    largest = settings.LARGEST_REQUEST
    try:
        server = waitress.create_server(
            application,
            host=options.host,
            port=options.port,
            threads=8,
            max_request_body_size=largest,
            **_proxy(),
        )
    except OSError as error:
        raise Invalid(f"cannot listen at {address} ({error.strerror}); give another --port") from error
    print(f"Dabir is at {address}", flush=True)
    for user in User.objects.filter(username__in=options.links.split(",")).order_by("-username"):
        print(f"  {user.username:10} {_link(user, address, options)}   (works once, sets a password)", flush=True)
    with _ends_by_signal(), nullcontext() if options.no_jobs else at_work():
        server.run()
    return 0


def _proxy() -> dict[str, Any]:
    """Whose word is taken for where a request comes from and whether it came by HTTPS; anybody else's is dropped."""
    if not settings.BEHIND_TLS:
        return {"clear_untrusted_proxy_headers": True}
    return {
        "trusted_proxy": settings.TRUSTED_PROXY,
        "trusted_proxy_headers": {"x-forwarded-proto", "x-forwarded-for"},
        "clear_untrusted_proxy_headers": True,
    }


def worker(options: argparse.Namespace) -> int:
    """Do the jobs that wait, for a server that runs without them (`dabir serve --no-jobs`, or another server)."""
    from threading import Event

    from dabir.foundation.inuse import in_use
    from dabir.foundation.jobs.workers import at_work

    with in_use(), _ends_by_signal(), suppress(KeyboardInterrupt, SystemExit), at_work():
        print(f"doing {settings.JOBS_AT_ONCE} jobs at once", flush=True)
        Event().wait()
    return 0


def sample(options: argparse.Namespace) -> int:
    """Migrate and fill an empty home with the sample."""
    from dabir.config import sample as filling

    call_command("migrate", verbosity=0, interactive=False)
    if options.if_empty and filling.is_used():
        return 0
    filling.fill(by=_acting(options))
    print(f"The sample is in {settings.DABIR_HOME}; its day is {filling.DAY}.")
    return 0


def demo(options: argparse.Namespace) -> int:
    """Migrate and fill an empty home with a year of a headquarters, which has a day of its own."""
    from dabir.config import demo as filling

    call_command("migrate", verbosity=0, interactive=False)
    day = filling.fill(by=_acting(options))
    print(f"The demo is in {settings.DABIR_HOME}; its day is {day}. To look at it:")
    print("  dabir serve --links secretary,governor,officer,head,admin   (in a checkout: make run)")
    return 0


def directory(options: argparse.Namespace) -> int:
    """Bring the directory in, from a workbook or a folder of CSV tables (see examples/zanjan), or take it out."""
    from collections import Counter
    from pathlib import Path

    from dabir.directory.leaving import workbook
    from dabir.directory.loading import Outcome, load_directory
    from dabir.foundation.errors import Invalid

    by = _acting(options)
    if (options.path is None) == (options.export is None):
        raise Invalid("give a workbook or a folder to bring in, or --export FILE.xlsx")
    if options.export is not None:
        Path(options.export).write_bytes(workbook(by))
        return 0
    lines = load_directory(by, Path(options.path), save=not options.dry_run)
    for line in (line for line in lines if line.error):
        print(f"{line.where}: {line.reason}", file=sys.stderr)
    done = Counter(line.outcome for line in lines)
    print(", ".join(f"{done[outcome]} {outcome}" for outcome in Outcome))
    return 1 if done[Outcome.REFUSED] else 0


def bring_in(options: argparse.Namespace) -> int:
    """Bring an old register (XLSX or CSV) into that of a body; see docs/registers.md."""
    from dabir.config.registers import bring_in as bring_register_in

    return bring_register_in(options, _acting(options))


def export(options: argparse.Namespace) -> int:
    """Write a meeting's minutes as PDF, Word, Akoma Ntoso or JSON, or the meeting with its debts as iCalendar."""
    from dabir.config.export import export as write_out

    return write_out(options, _acting(options))


def link(options: argparse.Namespace) -> int:
    """Print a one-time link on which a user sets a password."""
    from dabir.foundation.accounts import normal_name
    from dabir.foundation.errors import Missing
    from dabir.foundation.models import User

    user = User.objects.filter(username=normal_name(options.name)).first()
    if user is None:
        raise Missing(f"there is no user “{options.name}”")
    if options.forget_second_factor:
        from dabir.directory.services import forget_second_factor

        forget_second_factor(by=_acting(options), user=user, reason=options.forget_second_factor)
    print(_link(user, options.address, options))
    return 0


def audit(options: argparse.Namespace) -> int:
    """Replay the ledger and compare it with the tables."""
    from dabir.foundation import ledger, services

    faults = services.audit(by=_acting(options))
    for fault in faults:
        print(fault.message)
    head = ledger.head()
    print(f"{head.number} events, head {head.hash[:16] or '-'}, {len(faults) or 'no'} faults")
    return 1 if faults else 0


def backup(options: argparse.Namespace) -> int:
    """Write all that is on record, database and files, into one archive, while others go on working."""
    from pathlib import Path

    from dabir.foundation import services
    from dabir.foundation.backup import shelf

    key = shelf.key(options.key_file)
    path = shelf.new_path(options.file, Path(options.to) if options.to else None, sealed=bool(key))
    made = services.back_up(path, by=_acting(options), key=key)
    size = path.stat().st_size / 1_000_000
    print(f"{path}: {size:.1f} MB{' encrypted' if key else ''}, {_inventory(made)}")
    for fault in made.faults:
        print(f"missing in it: {fault}", file=sys.stderr)
    if options.keep:
        for old in shelf.thin_out(path.parent, shelf.keep(options.keep)):
            print(f"taken away: {old.name}")
    return 1 if made.faults else 0


def restore(options: argparse.Namespace) -> int:
    """Prove an archive in a fresh place, then put it in the place of what is on record here."""
    from pathlib import Path

    from dabir.foundation.backup import restoring, shelf

    key, path = shelf.key(options.key_file), Path(options.file)
    if options.test:
        proven = restoring.test(path, key=key)
        shelf.put_note(path, proven, sealed=path.suffix == ".age", tested=True)
        print(f"{path} can be restored: {_inventory(proven)}; the audit found no fault")
        return 0
    restored = restoring.restore(path, key=key, force=options.force)
    print(f"{settings.DABIR_HOME} is as it was at {restored.manifest.made_at}: {_inventory(restored.manifest)}")
    if restored.aside:
        print(f"What was there before is in {restored.aside}.")
    return 0


def migrate_to(options: argparse.Namespace) -> int:
    """Copy all that is on record into another, empty database, and compare."""
    from dabir.foundation.backup import moving

    moved = moving.move(options.address)
    for table in moved.tables:
        if table.rows:
            print(f"{table.rows:>10}  {table.name}")
    print(f"The copy has the same rows and the same ledger: {_inventory(moved)}; the audit found no fault.")
    print(moving.what_next(options.address))
    return 0


def _inventory(manifest: Any) -> str:
    files, number, head = len(manifest.files), manifest.head_number, manifest.head_hash[:16] or "-"
    return f"{manifest.rows} rows, {files} files, {number} events, head {head}"


def obligations(options: argparse.Namespace) -> int:
    """Print every debt that the actor may see: as a table, or with all its events as JSON."""
    from dabir.config.obligations import as_json, as_table, put
    from dabir.obligations.listing import Listing

    lines = as_json if options.json else as_table
    put(lines(_acting(options), Listing()))
    return 0


def meetings(options: argparse.Namespace) -> int:
    """Print every meeting that the actor may read: as a table, or as JSON."""
    from dabir.config.meetings import as_json, as_table
    from dabir.config.obligations import put

    put((as_json if options.json else as_table)(_acting(options)))
    return 0


def agenda(options: argparse.Namespace) -> int:
    """Print what the next meeting of a body should look at, worst first, and why; without a body, the headquarters."""
    from dabir.config.agenda import as_json, as_table
    from dabir.config.obligations import put

    put((as_json if options.json else as_table)(_acting(options), options.body))
    return 0


def jobs(options: argparse.Namespace) -> int:
    """Print what is done by itself, the newest first: what ran, failed and waits."""
    from dabir.config.jobs import lines
    from dabir.config.obligations import put

    put(lines(_acting(options), options.state, as_json=options.json))
    return 0


def calendar(options: argparse.Namespace) -> int:
    """Print the days of a Jalali year that are off, or worked by announcement: as a table or as JSON."""
    import json

    from dabir.config.calendar import lines, year_of
    from dabir.config.obligations import put

    by = _acting(options)
    found = year_of(by, options.year, options.province)
    put([json.dumps(found, ensure_ascii=False, indent=1)] if options.json else lines(found))
    return 0


def read(options: argparse.Namespace) -> int:
    """`dabir read --register`: read with the names that the directory knew on each meeting's day."""
    from dabir.directory.context import build_context
    from dabir.meetings.issuing import versions_of
    from dabir.meetings.queries import meetings_visible_to
    from dabir.persian import clock
    from dabir.reading.command import main as read_files

    by = _acting(options)  # whoever holds a post may know the directory's names
    arguments = [*options.files, *(["--json"] if options.json else [])]

    def on_record(sha256: str) -> bool:
        return versions_of(sha256).filter(meeting__in=meetings_visible_to(by)).exists()

    return read_files(arguments, lambda day: build_context(day or clock.today()), on_record)


def bench(options: argparse.Namespace) -> int:
    """Measure speed: `reading`, `register` or `pages` (in a source checkout)."""
    from dabir.config.bench import main as measure

    return measure(options.arguments)


COMMANDS: dict[str, Command] = {
    "serve": serve,
    "worker": worker,
    "sample": sample,
    "demo": demo,
    "directory": directory,
    "import": bring_in,
    "export": export,
    "link": link,
    "audit": audit,
    "obligations": obligations,
    "meetings": meetings,
    "agenda": agenda,
    "jobs": jobs,
    "calendar": calendar,
    "backup": backup,
    "restore": restore,
    "migrate-to": migrate_to,
    "read": read,
    "bench": bench,
}


def _link(user: Any, address: str, options: argparse.Namespace) -> str:
    from dabir.directory.services import issue_link

    return f"{address}/link/{issue_link(by=_acting(options), user=user)}/"


@contextmanager
def _ends_by_signal() -> Iterator[None]:
    """SIGTERM ends what runs inside as Ctrl-C does, so that its threads can put their work down."""

    def end(*_signal: Any) -> None:
        raise SystemExit(0)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _acting(options: argparse.Namespace) -> Any:
    from dabir.directory.services import note_read
    from dabir.directory.tenures import acting_as
    from dabir.foundation.acting import Acting

    if not options.user:
        return Acting.host_operator()
    by = acting_as(options.user, post_code=options.post)
    if by.reads_until:
        note_read(by=by, address=" ".join(["dabir", *options.line]))
    return by


def _add_import(one: argparse.ArgumentParser) -> None:
    one.add_argument("what", choices=["register"])
    one.add_argument("file", metavar="FILE")
    one.add_argument("--body", required=True, metavar="CODE", help="the body whose register it is")
    one.add_argument("--dry-run", action="store_true", help="say what each row would become, and store nothing")
    one.add_argument("--json", action="store_true")


def _add_link(one: argparse.ArgumentParser) -> None:
    one.add_argument("name", metavar="USER")
    one.add_argument("--address", default="http://127.0.0.1:8000", help="where the users reach the desk")
    one.add_argument(
        "--forget-second-factor", metavar="REASON", help="the telephone is lost; another is set up on the link"
    )


def _add_export(one: argparse.ArgumentParser) -> None:
    one.add_argument("code", metavar="CODE", help="of the meeting, like zanjan-hq-1398-11")
    forms = ["pdf", "docx", "akn", "ics", "json"]
    one.add_argument("--format", required=True, choices=forms, help="ics: the meeting and its debts with a day")
    one.add_argument("-o", "--output", required=True, metavar="FILE", help="- for standard output")
    one.add_argument("--version", type=int, metavar="N", help="of the minutes; without it, the newest")
    one.add_argument("--public", action="store_true", help="without what is above the normal class")
    one.add_argument("--address", help="where Dabir is reached, for the QR code; else DABIR_ADDRESS")


def _add_read(one: argparse.ArgumentParser) -> None:
    one.add_argument("files", nargs="+", metavar="FILE")
    one.add_argument("--json", action="store_true")
    one.add_argument("--register", action="store_true", help="with the names of the directory")


def _takes_state(jobs: argparse.ArgumentParser) -> None:
    jobs.add_argument("--state", default="", choices=["waiting", "running", "done", "failed", "cancelled"])
    jobs.add_argument("--json", action="store_true", help="an object on each line")


def _parser() -> tuple[argparse.ArgumentParser, set[str]]:
    parser = argparse.ArgumentParser(prog="dabir", description="The secretariat of a headquarters.")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    acting = argparse.ArgumentParser(add_help=False)
    acting.add_argument("--user", metavar="NAME", help="act as this user; without it, as the host's operator")
    acting.add_argument("--post", metavar="CODE", help="in this post, for a user with several")

    def add(name: str, *parents: argparse.ArgumentParser) -> argparse.ArgumentParser:
        text = (COMMANDS[name].__doc__ or "").splitlines()[0]
        return subparsers.add_parser(name, help=text, description=text, parents=parents or [acting])

    one = add("serve")
    one.add_argument("--host", default="127.0.0.1")
    one.add_argument("--port", type=int, default=8000)
    one.add_argument(
        "--links", default="", metavar="NAMES", help="print one-time links for these users, where they exist"
    )
    one.add_argument("--no-jobs", action="store_true", help="leave the jobs to `dabir worker`")
    add("worker")
    add("sample").add_argument(
        "--if-empty", action="store_true", help="do nothing in a used home, instead of refusing it"
    )
    add("demo")
    one = add("directory")
    one.add_argument("path", metavar="PATH", nargs="?", help="a workbook (.xlsx), or a folder of CSV tables")
    one.add_argument("--dry-run", action="store_true", help="say what each row would do, and do nothing")
    one.add_argument("--export", metavar="FILE", help="write the directory into this workbook instead")
    _add_import(add("import"))
    _add_export(add("export"))
    _add_link(add("link"))
    add("audit")
    one = add("obligations")
    one.add_argument("--json", action="store_true", help="an array with a debt on each line, its days and its events")
    add("meetings").add_argument("--json", action="store_true", help="an array with a meeting on each line")
    one = add("agenda")
    one.add_argument("body", metavar="BODY", nargs="?", help="its code; without it, the only headquarters")
    one.add_argument("--json", action="store_true", help="an object; docs/operations.md has the fields")
    _takes_state(add("jobs"))
    one = add("calendar")
    one.add_argument("year", type=int, metavar="YEAR", help="a Jalali one, like 1404")
    one.add_argument("--province", default="", metavar="NAME", help="without it, the actor's own")
    one.add_argument("--json", action="store_true")
    key = argparse.ArgumentParser(add_help=False)
    key.add_argument("--key-file", metavar="FILE", help="the key is its first line; else that of DABIR_BACKUP_KEY")
    one = add("backup", acting, key)
    one.add_argument("file", nargs="?", metavar="FILE", help="where to; without it, a name of its own in DABIR_BACKUPS")
    one.add_argument("--to", metavar="DIR", help="a name of its own in this folder")
    one.add_argument(
        "--keep", type=int, nargs=3, metavar="N", help="keep the newest of so many days, weeks and months there"
    )
    one = add("migrate-to", argparse.ArgumentParser(add_help=False))  # the host's operator's, as `restore`
    one.add_argument("address", metavar="DATABASE_URL", help="postgres://user@host/name or sqlite:////folder/file")
    one = add("restore", key)  # for the host's operator alone: it also replaces the users
    one.add_argument("file", metavar="FILE")
    one.add_argument("--test", action="store_true", help="prove the archive in a temporary place, and leave it at that")
    one.add_argument("--force", action="store_true", help="put aside what is on record here, instead of refusing")
    _add_read(add("read"))
    one = add("bench")
    one.add_argument("arguments", nargs=argparse.REMAINDER, metavar="WHAT …")
    return parser, set(COMMANDS)
