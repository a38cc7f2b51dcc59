"""What a verb says when it says no."""

from __future__ import annotations

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy

from dabir.foundation.errors import Conflict, DomainError, Invalid

SENTENCE = "1404/02/20 و ۵ بند از zanjan-hq-1404-1/2 در «گزارش 3.pdf»"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fa", "۱۴۰۴/۰۲/۲۰ و ۵ بند از zanjan-hq-1404-1/2 در «گزارش ۳.pdf»"),
        ("en", "1404/02/20 و 5 بند از zanjan-hq-1404-1/2 در «گزارش 3.pdf»"),
    ],
)
@pytest.mark.parametrize("kind", [Invalid, Conflict])
def test_a_refusal_has_the_digits_of_its_readers_language_and_a_code_its_own(
    kind: type[DomainError], language: str, said: str
) -> None:
    with translation.override(language):
        assert str(kind(SENTENCE)) == said
        assert str(kind(gettext_lazy("Say why."))) in ("Say why.", "دلیل را بنویسید.")
        assert str(kind("the archive was made by Dabir 9.0")) == "the archive was made by Dabir 9.0"
