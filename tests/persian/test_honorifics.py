from __future__ import annotations

import pytest

from dabir.persian.honorifics import strip_honorifics


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("جناب آقای دکتر کریمی", "دکتر کریمی"),
        ("جناب آقاي مهندس کریمی", "مهندس کریمی"),
        ("سرکار خانم رضایی", "رضایی"),
        ("استاندار محترم زنجان", "استاندار زنجان"),
        ("حجت‌الاسلام و المسلمین احمدی", "احمدی"),
        ("آقایی", "آقایی"),
        ("حاجی‌زاده", "حاجی‌زاده"),
    ],
)
def test_address_is_no_part_of_a_name(name: str, bare: str) -> None:
    assert strip_honorifics(name) == bare
