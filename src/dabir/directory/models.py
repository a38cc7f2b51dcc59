"""Who is who: places, parties and their names, groups, bodies and seats, posts and tenures; each with its days. And
which days are worked where, as far as that is announced.

A span of days is `starts`–`ends`, both included; none means unknown or open, never a made-up day.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from dabir.foundation.acting import FUNCTION_LABELS
from dabir.foundation.fields import NameField, canonical_check, days_check, order_check
from dabir.foundation.models import Ledgered, User
from dabir.persian.jalali import format_day


class PlaceKind(models.TextChoices):
    PROVINCE = "province", _("province")
    COUNTY = "county", _("county")
    DISTRICT = "district", _("district")
    RURAL_DISTRICT = "rural-district", _("rural district")


class Place(Ledgered):
    """A division of the country. `code` is that of the statistical centre, where the source gives one.

    `editions` are those of the source that have it, with a space between (`divisions`); none where it was written here.
    """

    kind = models.CharField(max_length=16, choices=PlaceKind.choices)
    name = NameField(max_length=100)
    sort_key = models.CharField(max_length=200)
    code = models.CharField(max_length=16, blank=True)
    editions = models.CharField(max_length=40, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            canonical_check("place", "name"),
            days_check("place", "starts", "ends"),
            order_check("place", "starts", "ends"),
            CheckConstraint(condition=Q(kind="province", parent=None) | ~Q(kind="province"), name="place_province_top"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["kind", "name"], name="place_kind_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Its names from the province down; a query for each step that is not fetched yet."""
        return f"{self.parent.path}/{self.name}" if self.parent else self.name


class PartyKind(models.TextChoices):
    ORGANIZATION = "organization", _("organization")
    UNIT = "unit", _("unit")
    BODY = "body", _("body")
    POST = "post", _("post")
    FIRM = "firm", _("firm")
    GROUP = "group", _("group")


AGENCIES = (PartyKind.ORGANIZATION, PartyKind.UNIT, PartyKind.FIRM)
"""Kinds that can turn out to be one; minutes hang on a body, rights on a post, and members on a group."""


class Party(Ledgered):
    """Whatever can lead, help, receive or endorse. A unit and a post have a `parent`, the party that they belong to.

    `name` is the one in force; `names` has them all with their days, and the aliases that papers use.
    A group has dated members: its `Membership` rows, or the members of the body that it is `members_of`.
    """

    kind = models.CharField(max_length=16, choices=PartyKind.choices)
    code = models.CharField(max_length=40, unique=True)
    name = NameField(max_length=200)
    sort_key = models.CharField(max_length=400, db_index=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="units")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="parties")
    members_of = models.ForeignKey("Body", models.PROTECT, null=True, related_name="member_groups")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    """The party that this one turned out to be (`cycle.merging`); it is in no list then, and its page leads there."""
    is_example = models.BooleanField(default=False)
    """Made up for the sample; said on its page."""

    class Meta:
        constraints: ClassVar[list[Any]] = [
            canonical_check("party", "name", "code"),
            CheckConstraint(condition=Q(members_of=None) | Q(kind="group"), name="party_members_of_group"),
            CheckConstraint(condition=Q(parent=None) | ~Q(parent=F("id")), name="party_not_its_own_parent"),
            CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")), name="party_not_merged_into_itself"
            ),
            CheckConstraint(condition=~Q(kind__in=["unit", "post"]) | Q(parent__isnull=False), name="party_has_parent"),
        ]

    def __str__(self) -> str:
        return self.name


class NameKind(models.TextChoices):
    OFFICIAL = "official", _("official name")
    ALIAS = "alias", _("alias")


class PartyName(Ledgered):
    """A name by which papers call a party. `squash` is the key that names are matched on (`persian.letters.squash`)."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="names")
    name = NameField(max_length=200)
    squash = models.CharField(max_length=200, db_index=True)
    kind = models.CharField(max_length=16, choices=NameKind.choices)
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            canonical_check("partyname", "name"),
            days_check("partyname", "starts", "ends"),
            order_check("partyname", "starts", "ends"),
            UniqueConstraint(fields=["party", "squash", "kind"], condition=Q(ends=None), name="partyname_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(Ledgered):
    """A party's days in a group."""

    group = models.ForeignKey(Party, models.CASCADE, related_name="memberships")
    member = models.ForeignKey(Party, models.PROTECT, related_name="+")
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            days_check("membership", "starts", "ends"),
            order_check("membership", "starts", "ends"),
            CheckConstraint(condition=~Q(group=F("member")), name="membership_not_of_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.group_id}"


class Quorum(models.TextChoices):
    """How many of a body's members must be there."""

    NONE = "", _("no rule")
    MAJORITY = "majority", _("more than half of the members")
    TWO_THIRDS = "two-thirds", _("two thirds of the members")
    COUNT = "count", _("a number of members")


REPORT_MONTHS = (0, 1, 2, 3, 4, 6, 12)
"""Every how many months a debt can be reported on: parts of a year; 0 for never."""


class Body(Ledgered):
    """What meets: a headquarters, committee, working group, council; and a party. `code` begins its meetings' codes."""

    party = models.OneToOneField(Party, models.CASCADE, related_name="body")
    code = models.CharField(max_length=30, unique=True)
    quorum = models.CharField(max_length=12, choices=Quorum.choices, blank=True)
    quorum_count = models.PositiveSmallIntegerField(null=True)
    headquarters = models.BooleanField(default=False)
    """Whether this installation serves it first."""
    extensions_by_secretary = models.PositiveSmallIntegerField(default=1)
    """How many times its secretary may extend a debt; from then on the body itself must."""
    report_months = models.PositiveSmallIntegerField(default=3)
    """Every how many months its debts are reported on, where nothing else is said of one; 0 for never."""
    deputy = models.ForeignKey("Post", models.PROTECT, null=True, related_name="+")
    """The post that gets the ladder's report on late debts; none for the body's chair."""

    class Meta:
        constraints: ClassVar[list[Any]] = [
            canonical_check("body", "code"),
            CheckConstraint(
                condition=Q(quorum="count", quorum_count__gte=1) | ~Q(quorum="count") & Q(quorum_count=None),
                name="body_quorum_count_fits",
            ),
        ]

    def __str__(self) -> str:
        return self.party.name


class Capacity(models.TextChoices):
    MEMBER = "member", _("member")
    INVITEE = "invitee", _("invitee")


class Office(models.TextChoices):
    CHAIR = "chair", _("chair")
    SECRETARY = "secretary", _("secretary")


class Seat(Ledgered):
    """A party's place in a body, for some days: as member or invitee, and whether it is the chair or the secretary."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="seats")
    party = models.ForeignKey(Party, models.PROTECT, related_name="seats")
    capacity = models.CharField(max_length=8, choices=Capacity.choices)
    office = models.CharField(max_length=10, choices=Office.choices, blank=True)
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            days_check("seat", "starts", "ends"),
            order_check("seat", "starts", "ends"),
            UniqueConstraint(fields=["body", "party"], condition=Q(ends=None), name="seat_one_open_each"),
            UniqueConstraint(
                fields=["body", "office"], condition=Q(ends=None) & ~Q(office=""), name="seat_one_officer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} in {self.body_id}"


class Person(Ledgered):
    """A human being; `user` where they sign in."""

    name = NameField(max_length=100)
    sort_key = models.CharField(max_length=200)
    user = models.OneToOneField(User, models.PROTECT, null=True, related_name="person")

    class Meta:
        constraints: ClassVar[list[Any]] = [canonical_check("person", "name")]

    def __str__(self) -> str:
        return self.name


class Post(Ledgered):
    """An office that people hold in turn; a party whose parent is the organization that it belongs to."""

    party = models.OneToOneField(Party, models.CASCADE, related_name="post")
    function = models.CharField(max_length=12, choices=FUNCTION_LABELS)

    def __str__(self) -> str:
        return self.party.name


class TenureKind(models.TextChoices):
    HOLDER = "holder", _("holder")
    ACTING = "acting", _("acting")
    SUBSTITUTE = "substitute", _("substitute")


class Tenure(Ledgered):
    """A person's days in a post. A substitute (جانشین) acts beside the holder, an acting one (سرپرست) instead."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="tenures")
    post = models.ForeignKey(Post, models.PROTECT, related_name="tenures")
    kind = models.CharField(max_length=10, choices=TenureKind.choices, default=TenureKind.HOLDER)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            days_check("tenure", "starts", "ends"),
            order_check("tenure", "starts", "ends"),
            UniqueConstraint(
                fields=["post"], condition=Q(ends=None) & ~Q(kind="substitute"), name="tenure_one_open_holder"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} as {self.post_id}"


class Invitation(Ledgered):
    """A code by which whoever is to act in a post gets their user; typed in with the mobile number that it is bound to.

    Only the code's keyed hash is kept (`codes`). It is open until it is used, revoked (a newer code revokes it too), or
    over. `person` is whom it is for where the directory knows them, and once it is used whoever came.
    """

    unledgered = frozenset({"digest"})

    body = models.ForeignKey(Body, models.PROTECT, related_name="invitations")
    """In whose name it was issued."""
    post = models.ForeignKey(Post, models.PROTECT, related_name="invitations")
    mobile = models.CharField(_("mobile number"), max_length=11)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="invitations")
    name = NameField(max_length=100, blank=True)
    """Whom it is for, as the secretariat wrote it; empty where it does not know."""
    appoints = models.BooleanField(default=True)
    """Whether who comes gets the post from that day; not where they hold it already."""
    digest = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=100)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            canonical_check("invitation", "name"),
            CheckConstraint(condition=Q(mobile__startswith="09"), name="invitation_mobile_form"),
            CheckConstraint(condition=Q(used_at=None) | Q(revoked_at=None), name="invitation_ends_once"),
            CheckConstraint(condition=Q(used_at=None) | Q(person__isnull=False), name="invitation_used_by_somebody"),
            CheckConstraint(condition=Q(appoints=True) | Q(person__isnull=False), name="invitation_says_for_whom"),
            CheckConstraint(condition=Q(expires_at__gt=F("issued_at")), name="invitation_lasts"),
            UniqueConstraint(fields=["post"], condition=Q(used_at=None, revoked_at=None), name="invitation_one_a_post"),
            UniqueConstraint(
                fields=["mobile"], condition=Q(used_at=None, revoked_at=None), name="invitation_one_a_mobile"
            ),
        ]

    def __str__(self) -> str:
        return str(self.post)


class FeedKind(models.TextChoices):
    OWN = "own", _("my own")
    BODY = "body", _("of a body")
    PARTY = "party", _("of a party")


class Feed(Ledgered):
    """A secret address at which a calendar program finds meetings and debts: its owner's, a body's or a party's.

    Only the token's SHA-256 is kept. It shows what the owner may see in that post when it is asked for, and nothing any
    more once they have lost the post or cannot sign in; `ended_at` once they have taken it back.
    """

    unledgered = frozenset({"digest"})

    user = models.ForeignKey(User, models.CASCADE, related_name="feeds")
    post = models.ForeignKey(Post, models.CASCADE, related_name="feeds")
    kind = models.CharField(max_length=5, choices=FeedKind.choices)
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="feeds")
    """The party, or that of the body; none for one's own."""
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    renewed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[Any]] = [
            CheckConstraint(
                condition=Q(kind="own", party=None) | ~Q(kind="own") & Q(party__isnull=False), name="feed_says_of_whom"
            ),
            UniqueConstraint(
                fields=["user", "post", "kind", "party"], condition=Q(ended_at=None), name="feed_one_open_each"
            ),
            UniqueConstraint(fields=["user", "post"], condition=Q(ended_at=None, kind="own"), name="feed_one_open_own"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.party_id or self.user_id}"


class ContentAccess(Ledgered):
    """Leave that an administrator took, for a reason and some hours, to read what is not theirs otherwise."""

    user = models.ForeignKey(User, models.PROTECT, related_name="content_accesses")
    reason = models.CharField(max_length=300)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    """When it is over; earlier once it was given back."""

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[Any]] = [
            CheckConstraint(condition=~Q(reason=""), name="contentaccess_says_why"),
            CheckConstraint(condition=Q(ends_at__gte=F("starts_at")), name="contentaccess_lasts"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} until {self.ends_at}"


class ContentRead(Ledgered):
    """What an administrator opened by their leave: a page, a file or an export, at its first time in that leave."""

    LONGEST: ClassVar[int] = 300

    access = models.ForeignKey(ContentAccess, models.PROTECT, related_name="reads")
    address = models.CharField(max_length=LONGEST)
    """Its path, without what was asked of it; of a command, its line."""
    codes = models.CharField(max_length=200, blank=True)
    """Of the record's things that were opened there, those that have one."""
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[Any]] = [
            UniqueConstraint(fields=["access", "address"], name="contentread_once_a_leave"),
        ]

    def __str__(self) -> str:
        return self.address


class WrongCode(Ledgered):
    """An attempt to join with a number and a code that do not belong together; what was typed as the code is not kept.

    `address` is where it came from. Both are counted for an hour, to slow down whoever guesses (`joining`).
    """

    at = models.DateTimeField()
    mobile = models.CharField(max_length=11, blank=True)
    """As typed, where it has the form of a number."""
    address = models.GenericIPAddressField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["mobile", "at"], name="wrongcode_of_mobile"),
            models.Index(fields=["address", "at"], name="wrongcode_of_address"),
        ]

    def __str__(self) -> str:
        return f"{self.mobile or '?'} from {self.address or '?'}"


class EntryKind(models.TextChoices):
    CLOSED = "closed", _("offices closed")
    WORKED = "worked", _("offices open")
    ANNOUNCED = "announced", _("lunar day as announced")
    THURSDAYS_FREE = "thursdays-free", _("Thursdays off")
    THURSDAYS_WORKED = "thursdays-worked", _("Thursdays worked")


OF_A_DAY = (EntryKind.CLOSED, EntryKind.WORKED)
OF_THURSDAYS = (EntryKind.THURSDAYS_FREE, EntryKind.THURSDAYS_WORKED)

_DAY, _THURSDAYS = Q(kind__in=["closed", "worked"]), Q(kind__in=["thursdays-free", "thursdays-worked"])
_OWN, _ALL = Q(province__isnull=False), Q(province__isnull=True)


class CalendarEntry(Ledgered):
    """One thing that somebody has announced of the calendar of a province, or of the country where there is none.

    A closure or an opening is of its `day`, `reason` says why; Thursdays are off or worked from `day` on. A lunar
    holiday, called as in `reason`, fell on `day` and not (or indeed) on the day on which it was `estimated`.
    """

    kind = models.CharField(max_length=16, choices=EntryKind.choices)
    day = models.DateField()
    province = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    reason = NameField(max_length=200, blank=True)
    announced_by = NameField(max_length=200)
    estimated = models.DateField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            days_check("calendarentry", "day", "estimated"),
            canonical_check("calendarentry", "reason", "announced_by"),
            CheckConstraint(
                condition=Q(kind="announced", estimated__isnull=False, province=None)
                | ~Q(kind="announced") & Q(estimated=None),
                name="calendarentry_announced_was_estimated",
            ),
            CheckConstraint(condition=~Q(reason="") | Q(kind__startswith="thursdays"), name="calendarentry_says_why"),
            CheckConstraint(condition=~Q(announced_by=""), name="calendarentry_says_who"),
            UniqueConstraint(fields=["day", "province"], condition=_DAY & _OWN, name="calendarentry_day_of_province"),
            UniqueConstraint(fields=["day"], condition=_DAY & _ALL, name="calendarentry_day_of_country"),
            UniqueConstraint(
                fields=["day", "province"], condition=_THURSDAYS & _OWN, name="calendarentry_thursdays_of"
            ),
            UniqueConstraint(fields=["day"], condition=_THURSDAYS & _ALL, name="calendarentry_thursdays_all"),
            UniqueConstraint(fields=["estimated", "reason"], condition=Q(kind="announced"), name="calendarentry_once"),
        ]

    def __str__(self) -> str:
        return f"{self.reason or self.get_kind_display()} {format_day(self.day, persian_digits=False)}"
