"""One message a day to whoever wants one by e-mail or SMS: what their posts were told of and they have not read.

A notice belongs to a post: each of those who have the post that day (its holder, a substitute) is told of it, once;
and of what several posts were told no address hears twice, be it one user's or shared by several.

It goes at most once. What it names is marked as told, and the chore as sending, before it is handed over; where it was
surely not taken both are taken back, and it is tried again later. Where the server stopped in between, nobody knows
whether it went: then it has failed, says so on the page of jobs, and is not sent again; the notices are on the desk.

Of what is above the normal class it says «نامه‌ای در انتظار شماست» and how many, an SMS nothing but numbers.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dabir.cycle import saying
from dabir.cycle.models import Notice, NoticeKind, Told
from dabir.cycle.notices import notices_visible_to, seen_by
from dabir.cycle.over import PRESSING, is_over, with_days
from dabir.cycle.reminding import waiting_letters
from dabir.directory import tenures
from dabir.directory.calendar import calendar_of
from dabir.directory.models import Post
from dabir.foundation import ledger, sending
from dabir.foundation.acting import Acting
from dabir.foundation.jobs import line, schedule
from dabir.foundation.jobs.running import NotDone, Run
from dabir.foundation.models import Chore, Digests, User
from dabir.letters.notices import WAITING
from dabir.obligations.models import ENDED, Obligation, State
from dabir.persian import clock
from dabir.persian.digits import to_persian

NAME = "digest"
SENDING = "sending"
"""The mark of a chore that is about to hand its message over."""
MOST = 40
"""Notices that an e-mail names; of the others it says how many there are."""
ENDINGS = (NoticeKind.CLOSED, NoticeKind.SUPERSEDED, NoticeKind.MERGED, NoticeKind.CANCELLED)
"""What is news of debts that have ended."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What a user is to be told, post by post."""

    user: User
    posts: tuple[tuple[Post, tuple[Notice, ...]], ...]

    @property
    def notices(self) -> list[Notice]:
        return [one for _post, notices in self.posts for one in notices]


def put_all(today: date) -> int:
    """Put a message into the line for each user who wants one and whose office works on that day; how many are new."""
    found = 0
    for user in User.objects.filter(is_active=True).exclude(digests=Digests.NONE):
        if calendar_of(tenures.acting_for(user)).is_working(today):
            with transaction.atomic(durable=True):
                found += schedule.put(NAME, f"{today.isoformat()}:{user.pk}") is not None
    return found


def send(chore: Chore, run: Run) -> None:
    """Send the message of that slot, once, and nothing where there is nothing to tell."""
    day, _colon, key = chore.slot.partition(":")
    user = User.objects.filter(pk=key, is_active=True).exclude(digests=Digests.NONE).first()
    if chore.mark == SENDING:
        raise NotDone("unsure")
    by = Acting.host_operator()
    with ledger.standstill():  # two who share an address do not look at the same time
        digest = digest_of(user, date.fromisoformat(day)) if user else None
        if digest is None or not digest.notices:
            run.done()
            return
        line.leave_mark(chore, SENDING)
        told = _told(digest, by)
    try:
        _hand_over(digest)
    except sending.NotSent as error:
        with ledger.standstill():
            line.leave_mark(chore, "")
            _untold(digest, told, by)
        raise NotDone("not-sent", again=True) from error.__cause__
    except Exception as error:
        raise NotDone("unsure") from error
    run.done()


def digest_of(user: User, day: date) -> Digest:
    """What the posts that the user has on that day were told of, that nobody has read and no message to the user's
    address has named; of debts that have ended, or sleep, nothing; of those proposed for closing nothing that presses,
    nor what is over (`cycle.over`).
    What several of the posts were told stands with the first one."""
    told = Told.objects.filter(user__in=_at_the_address_of(user), notice__key=OuterRef("key"))
    posts, named = [], set[str]()
    for post in tenures.posts_of(user, day):
        by = tenures.acting_in(user, post.pk)
        if by is None:
            continue
        waiting = with_days(notices_visible_to(by).filter(~Exists(told), read_at=None))
        seen = seen_by(by, [one for one in waiting if one.key not in named and not _is_over(one, by)])
        named |= {one.key for one in seen}
        if seen:
            posts.append((post, tuple(seen)))
    return Digest(user, tuple(posts))


def words_of(digest: Digest, address: str) -> tuple[str, str]:
    """Subject and text of the e-mail, in the installation's language."""
    with translation.override(settings.LANGUAGE_CODE):
        count = len(digest.notices)
        subject = ngettext("Dabir: %(count)s notice", "Dabir: %(count)s notices", count) % {"count": _figures(count)}
        lines = []
        for post, notices in digest.posts:
            lines += ["", post.party.name, ""]
            plain = [one for one in notices if not saying.is_classified(one)]
            lines += [f"- {saying.say(one)}" for one in plain[:MOST]]
            if len(plain) > MOST:
                lines.append(_("- and %(count)s more") % {"count": _figures(len(plain) - MOST)})
            if hidden := len(notices) - len(plain):
                lines.append(f"- {WAITING} ({_figures(hidden)})")
        return subject, "\n".join([_("What waits for you in Dabir:"), *lines, "", address]).strip() + "\n"


def short_words_of(digest: Digest, address: str) -> str:
    """The SMS: how many of which kind."""
    with translation.override(settings.LANGUAGE_CODE):
        plain = [one for one in digest.notices if not saying.is_classified(one)]
        kinds = Counter(str(one.get_kind_display()) for one in plain)
        parts = [f"{kind}: {_figures(count)}" for kind, count in kinds.most_common()]
        if hidden := len(digest.notices) - len(plain):
            parts.append(f"{WAITING} ({_figures(hidden)})")
        return "\n".join(filter(None, [_("Dabir"), *parts, address]))


def _hand_over(digest: Digest) -> None:
    address = f"{settings.ADDRESS.rstrip('/')}/notices/" if settings.ADDRESS else ""
    if digest.user.digests == Digests.SMS:
        sending.by_sms(digest.user.mobile or "", short_words_of(digest, address))
    else:
        subject, text = words_of(digest, address)
        sending.by_email(digest.user.email, subject, text)


def _at_the_address_of(user: User) -> QuerySet[User]:
    """Whoever a message would reach by the same address; a mobile number is one user's."""
    if user.digests != Digests.EMAIL:
        return User.objects.filter(pk=user.pk)
    return User.objects.filter(digests=Digests.EMAIL, email__iexact=user.email)


def _told(digest: Digest, by: Acting) -> list[Told]:
    with ledger.change("cycle.digest", by=by, on=digest.user) as change:
        return change.create_many(Told(notice=one, user=digest.user, at=clock.now()) for one in digest.notices)


def _untold(digest: Digest, told: list[Told], by: Acting) -> None:
    with ledger.change("cycle.digest", by=by, on=digest.user) as change:
        for one in told:
            change.delete(one)


def _is_over(notice: Notice, by: Acting) -> bool:
    """A debt that has ended or sleeps is nobody's errand any more; that it has ended is news. Nor are letters that were
    proposed once they are written, nor what presses once the debt is proposed for closing, or has another day."""
    if notice.kind == NoticeKind.REMIND:
        return not waiting_letters(by).exists()
    debt: Obligation | None = notice.obligation
    if debt is None or notice.kind in ENDINGS:
        return False
    done = debt.state == State.PROPOSED and notice.kind in PRESSING
    return debt.asleep or done or debt.state in ENDED or is_over(notice)


def _figures(number: int) -> str:
    return to_persian(str(number)) if translation.get_language() == "fa" else str(number)
