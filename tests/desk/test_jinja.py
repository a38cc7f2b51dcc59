"""What the templates' environment puts into pages: sentences in the page's language, with what people wrote escaped."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from jinja2 import DictLoader
from jinja2.nodes import Name
from markupsafe import Markup, escape

import dabir.desk
from dabir.desk.sent_once import FormMarks


def shown(template: str, **values: object) -> str:
    return engines["jinja2"].from_string(template).render(values)


def test_sentence_is_in_the_language_of_the_page_whoever_asked_first() -> None:
    with translation.override("en"):
        assert shown("{{ _('Register') }}") == "Register"
    with translation.override("fa"):
        assert shown("{{ _('Register') }}") == translation.gettext("Register") != "Register"
    with translation.override("en"):
        assert shown("{{ _('Register') }}") == "Register"


def test_what_hangs_on_the_language_alone_is_in_the_page_s_however_often_a_template_is_used() -> None:
    field = "{% from 'macros/ui.html' import pager %}{{ pager('', '/2/') }}"
    for language, word in (("fa", "بعدی"), ("en", "Next"), ("fa", "بعدی")):
        with translation.override(language):
            assert word in shown(field)


def test_a_template_speaks_the_language_of_the_one_that_includes_it_also_where_it_is_compiled_in_another() -> None:
    environment = engines["jinja2"].env.overlay(loader=DictLoader({"own": "{{ 'open'|state }} {{ 5|figures }}"}))  # type: ignore[attr-defined]
    environment.overlayed, environment._of = False, {}
    for language, other in (("fa", "en"), ("en", "fa")):
        with translation.override(language):
            page = environment.from_string("{% include 'own' %}")
            expected = f"{translation.gettext('open')} {5 if language == 'en' else '۵'}"
        with translation.override(other):
            assert page.render() == expected


def test_templates_give_the_names_of_what_is_known_beforehand_to_nothing_else() -> None:
    environment = engines["jinja2"].env  # type: ignore[attr-defined]
    for name in environment.list_templates(extensions=["html", "txt"]):
        tree = environment.parse(environment.loader.get_source(environment, name)[0])
        given = {one.name for one in tree.find_all(Name) if one.ctx != "load"}
        assert not given & set(environment.known) - ({"icon"} if name == "macros/ui.html" else set()), name


def test_values_of_a_sentence_are_escaped_and_the_sentence_is_not() -> None:
    with translation.override("en"):
        assert shown("{{ _('event %(number)s', number=told) }}", told="<b>") == "event &lt;b&gt;"
        assert shown("{{ _('<i>all</i> of 100%%') }}") == "<i>all</i> of 100%"


SAID = "{% from 'macros/ui.html' import quoted, said %}{{ said(text) }}"


@pytest.mark.parametrize(
    "code",
    ["hq-1398-11", "zanjan-hq-1403-2/1.1-5", "hq-order-1398-2.1", "hq-13980717-2/p8", "hq-1398-11/3-a.2.14"],
)
def test_each_of_our_codes_is_marked_as_one_in_what_people_wrote(code: str) -> None:
    marked = f'<bdi class="code" dir="ltr">{code}</bdi>'
    assert shown(SAID, text=f"تکلیف {code}. ({code})؛") == f'<bdi dir="auto">تکلیف {marked}. ({marked})؛</bdi>'
    assert marked in shown(SAID.replace("said(text)", "quoted(text|figures)"), text=f"«{code}» تا ۱۴۰۳/۰۹/۲۹")


@pytest.mark.parametrize(
    "text", ["1398-11", "a-b-c", "hq-1298-1", "minutes-1398-11.pdf", "http://x/hq-1398-11/4", "hq-1398-11/4/download"]
)
def test_what_is_no_code_of_ours_is_left_as_it_is(text: str) -> None:
    assert shown(SAID, text=text) == f'<bdi dir="auto">{text}</bdi>'


def test_a_code_among_marks_of_html_and_of_direction_opens_nothing() -> None:
    hostile = "<b title='hq-1398-11'>&lt;hq-1398-11/4\u202e</bdi><script>hq-1398-11</script>"
    page = shown(SAID, text=hostile)
    assert page.count('<bdi class="code" dir="ltr">') == 3
    bare = page.replace('<bdi class="code" dir="ltr">', "").replace("</bdi>", "")
    assert bare == f'<bdi dir="auto">{escape(hostile)}'
    made = Markup('<a href="/m/hq-1398-11/">hq-1398-11</a>')
    assert shown(SAID, text=made) == f'<bdi dir="auto">{made}</bdi>'  # what we made is not searched


def test_all_forms_of_a_page_carry_one_token_against_forgery_and_each_its_own_mark() -> None:
    marks = FormMarks(RequestFactory().get("/"))
    first, second = marks.__html__(), marks.__html__()
    assert marks.against_forgery in first and marks.against_forgery in second and first != second


def test_quotation_marks_turn_with_the_words_and_what_people_wrote_is_escaped() -> None:
    template = "{% from 'macros/ui.html' import quoted %}{{ quoted(told) }}"
    assert shown(template, told="«الف» <b>") == '<bdi dir="auto">««الف» &lt;b&gt;»</bdi>'


def test_the_day_that_a_field_shows_as_an_example_is_todays(monkeypatch: pytest.MonkeyPatch) -> None:
    field = "{% from 'macros/ui.html' import day_field %}{{ kept(day_field, 'day', 'Day') }}"
    with translation.override("en"):
        for today in ("1398/07/17", "1404/02/20"):
            monkeypatch.setenv("DABIR_TODAY", today)
            assert f"{today}, or +15" in shown(field)


def test_what_is_kept_for_marks_has_each_in_its_places_escaped_and_each_form_a_token_of_its_own() -> None:
    line = "{{ url('place', key) }} {{ key }} {{ told }} {{ word }} {{ form }}"
    row = "{% macro row(key, form, told, word) %}" + line + "{% endmacro %}"
    rows = row + "{% for key, told in all %}{{ kept_for(row, (key, form, told), 'x') }}\n{% endfor %}"
    made = shown(rows, all=[(7, "<b>"), (12, "ب")], form=FormMarks(RequestFactory().get("/")))
    one, other = made.splitlines()
    assert one.startswith("/places/7/ 7 &lt;b&gt; x <input") and other.startswith("/places/12/ 12 ب x <input")
    assert '.1">' in one and '.2">' in other


def test_no_value_of_a_view_hides_what_every_template_calls() -> None:
    called = set(engines["jinja2"].env.globals)  # type: ignore[attr-defined]
    hiding = [
        f"{path.name}:{key.lineno} {key.value}"
        for path in Path(dabir.desk.__path__[0]).glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Dict) and path.name != "jinja.py"
        for key in node.keys
        if isinstance(key, ast.Constant) and isinstance(key.value, str) and key.value in called
    ]
    assert hiding == []
