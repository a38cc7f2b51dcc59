"""A letter written by hand, one changed while it waits for its number, and one that came in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dabir.desk import entry
from dabir.desk.acting import DeskRequest
from dabir.desk.letters import PAPER, found
from dabir.desk.party_entry import Ambiguous, Named, kept_in, parties_of, party_of
from dabir.desk.uploads import too_large
from dabir.directory.models import Body, Party, PartyKind, Post
from dabir.directory.queries import bodies_visible_to
from dabir.foundation.access import REASONS, get_visible, may
from dabir.foundation.errors import Conflict, Invalid, Refused
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters import composing, services
from dabir.letters.composing import Came, Written
from dabir.letters.documents import look_of
from dabir.letters.models import BY_HAND, Letter, LetterKind, Urgency
from dabir.letters.numbering import clean_number
from dabir.letters.parts import Addressee
from dabir.letters.queries import visible_to
from dabir.letters.wordings import tidy
from dabir.persian import clock

FIELDS = ("body", "kind", "subject", "text", "secrecy", "urgency", "enclosures")
NOTHING: dict[str, Any] = {"fault": "", "fault_at": "", "candidates": [], "preview": None, "mark": "", "bodies": []}
KINDS = [(kind.value, kind.label) for kind in reversed(BY_HAND)]


@require_http_methods(["GET", "HEAD", "POST"])
def compose(request: DeskRequest) -> HttpResponse:
    """A new letter: looked at as often as one likes, then stored to wait for its number."""
    body, bodies = _body(request, "letters.compose_letter")
    values = {name: request.POST.get(name, "")[:30_000] for name in FIELDS}
    context: dict[str, Any] = {"body": body, "bodies": bodies, "values": values, "letter": None, "by_hand": True}
    if request.method == "POST":
        try:
            written = _written(request)
            if request.POST.get("do") != "preview":
                letter = services.compose_letter(written, by=request.acting, body=body)
                messages.success(request, _("The letter is written; it waits for its number."))
                return redirect("letter", letter.pk)
            context["preview"] = _preview(body, written)
        except Invalid as refusal:
            context |= _refused(refusal)
    return _form(request, context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: DeskRequest, pk: int) -> HttpResponse:
    """What a letter says is changed while it waits for its number."""
    letter = get_visible(found(request).prefetch_related("enclosures"), pk=pk)
    if not may(request.acting, "letters.edit_letter", letter):
        raise Refused(REASONS["letters.edit_letter"])
    values = {name: getattr(letter, name, "") for name in FIELDS} | {"enclosures": ""}
    mark = request.POST.get("mark", "") or composing.mark_of(letter)
    by_hand = letter.kind in BY_HAND
    context: dict[str, Any] = {
        "body": letter.body,
        "letter": letter,
        "values": values,
        "mark": mark,
        "by_hand": by_hand,
    }
    if request.method == "POST":
        context["values"] = {name: request.POST.get(name, "")[:30_000] for name in FIELDS}
        try:
            written = _written(request, [] if by_hand else _addressees(letter))
            if request.POST.get("do") != "preview":
                named = request.POST.getlist("drop")[:50]
                dropped = [int(key) for key in named if key.isascii() and key.isdecimal() and len(key) < 16]
                services.edit_letter(letter, written, by=request.acting, mark=mark, dropped=dropped)
                messages.success(request, _("The letter is changed."))
                return redirect("letter", letter.pk)
            context["preview"] = _preview(letter.body, written)
        except Invalid as refusal:
            context |= _refused(refusal)
    return _form(request, context)


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: DeskRequest) -> HttpResponse:
    """A letter that came in."""
    body, bodies = _body(request, "letters.register_letter")
    named = (*FIELDS, "number", "registered", "answers")
    values: dict[str, Any] = {name: request.POST.get(name, "")[:30_000] for name in named}
    values |= {"day": request.POST.get("day", "")[:40], "registered_on": request.POST.get("registered_on", "")[:40]}
    context: dict[str, Any] = {"body": body, "bodies": bodies, "values": values}
    if request.method == "POST":
        try:
            letter = services.register_letter(_came(request, body), by=request.acting, body=body)
        except Invalid as refusal:
            context |= _refused(refusal)
        except Conflict as refusal:
            context |= {"fault": str(refusal), "fault_at": "number"}
        else:
            messages.success(request, _("The letter is registered."))
            return redirect("letter", letter.pk)
    else:
        values["registered_on"] = clock.today()
    sender, sender_words = kept_in(request.POST, "sender", request.acting)
    context |= {"sender": sender, "sender_words": sender_words}
    return render(
        request, "letters/register.html", NOTHING | _choices() | context, status=422 if context.get("fault") else 200
    )


def _form(request: DeskRequest, context: dict[str, Any]) -> HttpResponse:
    letter = context["letter"]
    if request.method == "POST" or letter is None:
        to, to_words = kept_in(request.POST, "to", request.acting, several=True)
        copies, copies_words = kept_in(request.POST, "copies", request.acting, several=True)
    else:
        rows = list(letter.recipients.select_related("party", "post__party"))
        to = [_named(row.post.party if row.post else row.party) for row in rows if not row.is_copy]
        copies = [_named(row.post.party if row.post else row.party) for row in rows if row.is_copy]
        to_words = copies_words = ""
    context |= {"to": to, "to_words": to_words, "copies": copies, "copies_words": copies_words}
    return render(
        request, "letters/compose.html", NOTHING | _choices() | context, status=422 if context.get("fault") else 200
    )


def _choices() -> dict[str, Any]:
    return {
        "kinds": KINDS,
        "secrecies": SecrecyClass.choices,
        "urgencies": Urgency.choices,
        "paper": PAPER,
    }


def _refused(refusal: Invalid) -> dict[str, Any]:
    candidates = refusal.candidates if isinstance(refusal, Ambiguous) else []
    return {"fault": str(refusal), "fault_at": refusal.field or "", "candidates": candidates}


def _written(request: DeskRequest, to: list[Addressee] | None = None) -> Written:
    posted, by = request.POST, request.acting
    if large := too_large(request):
        raise Invalid(_("“%(name)s” is too large.") % {"name": large[0]}, field="file")
    recipients = to or [
        *(_addressee(one) for one in parties_of(posted, "to", by)),
        *(_addressee(one, is_copy=True) for one in parties_of(posted, "copies", by)),
    ]
    return Written(
        subject=posted.get("subject", ""),
        text=posted.get("text", ""),
        to=recipients,
        kind=posted.get("kind", "") or LetterKind.OTHER,
        secrecy=posted.get("secrecy", "") or SecrecyClass.NORMAL,
        urgency=posted.get("urgency", "") or Urgency.NORMAL,
        enclosures=tidy(posted.get("enclosures", "")).splitlines(),
        files=[(upload.name or "-", upload.read()) for upload in request.FILES.getlist("file")],
    )


def _came(request: DeskRequest, body: Body) -> Came:
    posted = request.POST
    if large := too_large(request):
        raise Invalid(_("“%(name)s” is too large.") % {"name": large[0]}, field="scan")
    sender = party_of(posted, "sender", request.acting, fresh=True)
    upload = request.FILES.get("scan")
    return Came(
        subject=posted.get("subject", ""),
        sender=sender.party if sender else None,
        sender_name=sender.name if sender else "",
        number=posted.get("number", ""),
        day=entry.optional_day(posted.get("day", "")),
        registered_as=posted.get("registered", ""),
        registered_on=entry.day(posted.get("registered_on", ""), field="registered_on"),
        text=posted.get("text", ""),
        kind=posted.get("kind", "") or LetterKind.OTHER,
        secrecy=posted.get("secrecy", "") or SecrecyClass.NORMAL,
        answers=_answered(request, body, posted.get("answers", "")),
        scan=upload.read() if upload else b"",
    )


def _answered(request: DeskRequest, body: Body, text: str) -> Letter | None:
    """Our letter of that number, which the one that came answers."""
    number = clean_number(text[:100])
    if not number:
        return None
    letters = visible_to(request.acting).filter(body=body, number=number, registered_on=None).order_by("-dated")
    if letter := letters.first():
        return letter
    raise Invalid(_("No letter of ours has this number."), field="answers")


def _addressee(one: Named, *, is_copy: bool = False) -> Addressee:
    """A party; of a post its organization, which gets the letter, and the post, which it is addressed to."""
    assert one.party is not None
    if one.party.kind == PartyKind.POST:
        post = Post.objects.select_related("party__parent").get(party=one.party)
        if post.party.parent:
            return Addressee(post.party.parent, post, is_copy=is_copy)
    return Addressee(one.party, is_copy=is_copy)


def _addressees(letter: Letter) -> list[Addressee]:
    rows = letter.recipients.select_related("party", "post")
    return [Addressee(row.party, row.post, is_copy=row.is_copy) for row in rows]


def _named(party: Party) -> Named:
    return Named(party, party.name)


def _preview(body: Body, written: Written) -> dict[str, Any]:
    """How the letter reads, as a page shows it; nothing is stored."""
    return {"draft": composing.draft_of(body, written), "written": written, "look": look_of(body)}


def _body(request: DeskRequest, permission: str) -> tuple[Body, list[Body]]:
    """The body that the form names, or the first for which the actor may do it; and all of these."""
    by = request.acting
    bodies = bodies_visible_to(by).order_by("party__sort_key")
    mine = [body for body in bodies if may(by, permission, Letter(body=body))]
    if not mine:
        raise Refused(REASONS[permission])
    code = request.POST.get("body") or request.GET.get("body")
    return next((body for body in mine if body.code == code), mine[0]), mine
