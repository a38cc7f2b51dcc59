"""A small world made through the services, and one `Acting` for each kind of person in it.

`hq` is the headquarters, `committee` the county's; `other` is a body that none of the rest has to do with. The agency
of `officer` and `head` has an office in the county that sits in the committee; `outsider` is the officer of an agency
that has no seat anywhere, and `stranger` is signed out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from dabir.directory import services, tenures
from dabir.directory.models import Body, Party, PartyKind
from dabir.foundation.acting import Acting, Function
from dabir.foundation.models import User
from dabir.persian.jalali import to_gregorian

SINCE: date = to_gregorian(1398, 1, 1)

POSTS: dict[str, tuple[str, Function]] = {
    "governor": ("governor-office", Function.GOVERNOR),
    "secretary": ("planning", Function.SECRETARY),
    "staff": ("planning", Function.STAFF),
    "county": ("county-office", Function.COUNTY),
    "officer": ("agriculture", Function.OFFICER),
    "head": ("agriculture", Function.HEAD),
    "consultant": ("consultants", Function.CONSULTANT),
    "auditor": ("governor-office", Function.AUDITOR),
    "admin": ("governor-office", Function.ADMIN),
    "other_secretary": ("council-office", Function.SECRETARY),
    "outsider": ("roads", Function.OFFICER),
}
"""The organization and the function of each persona who has a post."""

ORGANIZATIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "governor-office": ("استانداری زنجان", ("استانداری",)),
    "planning": ("سازمان مدیریت و برنامه‌ریزی استان زنجان", ("سازمان مدیریت و برنامه‌ریزی",)),
    "agriculture": ("سازمان جهاد کشاورزی استان زنجان", ("جهاد کشاورزی",)),
    "housing": ("بنیاد مسکن انقلاب اسلامی استان زنجان", ("اداره کل بنیاد مسکن انقلاب اسلامی", "بنیاد مسکن")),
    "roads": ("اداره کل راه و شهرسازی استان زنجان", ("راه و شهرسازی",)),
    "council-office": ("اداره کل دفتر شورای نمونه", ()),
    "county-office": ("فرمانداری شهرستان ایجرود", ("فرمانداری ایجرود",)),
}
UNITS: dict[str, tuple[str, str]] = {
    "monitoring": ("تیم نظارت", "housing"),
    "secretariat": ("دبیرخانه کمیته برنامه‌ریزی شهرستان ایجرود", "county-office"),
    "county-agriculture": ("مدیریت جهاد کشاورزی شهرستان ایجرود", "agriculture"),
    "county-housing": ("شعبه بنیاد مسکن شهرستان ایجرود", "housing"),
}


@dataclass(slots=True)
class Personas:
    """Who acts, their users by persona, and the bodies and parties by the keys above; `members` is the group."""

    operator: Acting
    stranger: Acting
    governor: Acting
    secretary: Acting
    staff: Acting
    county: Acting
    officer: Acting
    head: Acting
    consultant: Acting
    auditor: Acting
    admin: Acting
    other_secretary: Acting
    outsider: Acting
    users: dict[str, User] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    parties: dict[str, Party] = field(default_factory=dict)


def build() -> Personas:
    """Make the world in an empty database."""
    by = Acting.host_operator()
    parties = _parties(by)
    bodies = _bodies(by, parties)
    parties["members"] = services.create_group(
        by=by,
        code="members",
        name="دستگاه‌های اجرایی عضو کمیته برنامه‌ریزی شهرستان",
        aliases=["دستگاه‌های اجرایی عضو کمیته"],
        members_of=bodies["committee"],
    )
    users: dict[str, User] = {}
    for number, (persona, (organization, function)) in enumerate(POSTS.items(), 1):
        username = persona.replace("_", "-")
        person = services.create_person(by=by, name=f"نمونه {persona}", username=username, mobile=f"0900000{number:04}")
        post = services.create_post(
            by=by,
            code=f"post-{username}",
            name=f"سمت {persona}",
            organization=parties[organization],
            function=function,
        )
        services.appoint(by=by, person=person, post=post, starts=SINCE)
        assert person.user is not None
        users[persona] = person.user
    acting = {persona: tenures.acting_for(user) for persona, user in users.items()}
    return Personas(operator=by, stranger=Acting.stranger(), **acting, users=users, bodies=bodies, parties=parties)


def _parties(by: Acting) -> dict[str, Party]:
    parties = {
        code: services.create_party(by=by, kind=PartyKind.ORGANIZATION, code=code, name=name, aliases=aliases)
        for code, (name, aliases) in ORGANIZATIONS.items()
    }
    for code, (name, parent) in UNITS.items():
        parties[code] = services.create_party(by=by, kind=PartyKind.UNIT, code=code, name=name, parent=parties[parent])
    parties["consultants"] = services.create_party(
        by=by,
        kind=PartyKind.FIRM,
        code="consultants",
        name="مهندسین مشاور آرتا نقشینه شهر",
        aliases=["مهندسین مشاور"],
    )
    return parties


def _bodies(by: Acting, parties: dict[str, Party]) -> dict[str, Body]:
    hq = services.create_body(by=by, code="hq", name="ستاد فرماندهی اقتصاد مقاومتی استان زنجان", aliases=["ستاد"])
    committee = services.create_body(by=by, code="committee", name="کمیته برنامه‌ریزی شهرستان ایجرود")
    other = services.create_body(by=by, code="other", name="شورای نمونه")
    for body, party, capacity, office in (
        (hq, "governor-office", "member", "chair"),
        (hq, "planning", "member", "secretary"),
        (hq, "agriculture", "member", ""),
        (hq, "housing", "invitee", ""),
        (committee, "county-office", "member", "chair"),
        (committee, "secretariat", "invitee", "secretary"),
        (committee, "county-agriculture", "member", ""),
        (committee, "county-housing", "member", ""),
        (other, "council-office", "member", "secretary"),
    ):
        services.give_seat(by=by, body=body, party=parties[party], capacity=capacity, office=office)
    return {"hq": hq, "committee": committee, "other": other}
