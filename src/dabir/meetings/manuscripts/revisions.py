"""The one writer of revisions: work in progress and no record. What counts in the end is the sealed version."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet

from dabir.foundation.acting import Acting
from dabir.meetings.models import Manuscript, Revision
from dabir.persian import clock

ALL_KEPT = timedelta(hours=1)
"""For so long each one is kept: somebody may be writing on from it."""
ONE_KEPT_IN = timedelta(minutes=5)
"""Of older ones each author's last in so long a time."""


def add(
    manuscript: Manuscript,
    text: str,
    *,
    by: Acting,
    base: int | None = None,
    aside: bool = False,
    clashes: bool = False,
) -> Revision:
    """Write the next revision, inside the transaction of a verb, and thin out the old ones."""
    last = Revision.objects.filter(manuscript=manuscript).first()
    row = Revision(manuscript=manuscript, number=last.number + 1 if last else 1, text=text, saved_at=clock.now())
    row.base, row.aside = base, aside
    row.user_id, row.saved_by = by.user_id, by.name
    row.save(force_insert=True)
    _thin_out(manuscript)
    return row


def like(base: Revision, text: str, *, by: Acting) -> Revision | None:
    """The one that this author has sent from there with these words already."""
    return next((row for row in _sent(base, by) if row.text == text), None)


def waits(base: Revision, *, by: Acting) -> bool:
    """Whether something that this author has sent from there waits for their choice."""
    return _sent(base, by).filter(clashes=True).exists()


def settle(base: Revision, *, by: Acting, waiting: Revision | None = None) -> None:
    """What this author has sent from there waits for no choice any more, but for `waiting`: they have chosen, or have
    written on."""
    _sent(base, by).filter(clashes=True).update(clashes=False)
    if waiting:
        waiting.clashes = True
        waiting.save(update_fields=["clashes"])


def chosen(mine: Revision) -> None:
    """Somebody has chosen between this text and another, its author or whoever keeps the minutes: nothing that the
    author has sent from the same revision waits any more."""
    like = Revision.objects.filter(manuscript=mine.manuscript_id, base=mine.base)
    like.filter(user=mine.user_id, saved_by=mine.saved_by, clashes=True).update(clashes=False)


def _sent(base: Revision, by: Acting) -> QuerySet[Revision]:
    return Revision.objects.filter(manuscript=base.manuscript_id, base=base.number, user=by.user_id, saved_by=by.name)


def newest(manuscript: Manuscript) -> Revision:
    """The one that holds the text."""
    return Revision.objects.filter(manuscript=manuscript, aside=False)[0]


def based_on(manuscript: Manuscript, number: int) -> Revision:
    """The one with that number, or the last before it that is kept: with an older one more may clash, and nothing gets
    lost."""
    found = Revision.objects.filter(manuscript=manuscript, number__lte=number).first()
    return found or Revision.objects.filter(manuscript=manuscript).last() or newest(manuscript)


def _thin_out(manuscript: Manuscript) -> None:
    """The first one stays, what waits for a choice with what it was made from, and of the rest each author's last in
    some minutes."""
    rows = Revision.objects.filter(manuscript=manuscript)
    old = list(rows.filter(saved_at__lt=clock.now() - ALL_KEPT).defer("text"))
    if len(old) < 2:
        return
    kept = {1, newest(manuscript).number, *rows.filter(clashes=True).exclude(base=None).values_list("base", flat=True)}
    seen: set[tuple[str, int]] = set()
    gone = []
    for row in old:  # the newest first
        span = (row.saved_by, int(row.saved_at.timestamp() // ONE_KEPT_IN.total_seconds()))
        if span in seen and row.number not in kept and not row.clashes:
            gone.append(row.pk)
        seen.add(span)
    if gone:
        rows.filter(pk__in=gone).delete()
