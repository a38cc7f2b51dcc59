"""What a template says by constants alone is worked out when it is compiled, once for each language.

A page of ours calls some two hundred sentences, icons and addresses that hang on nothing but its language. So each
language has an environment of its own, with templates of its own, in which `_("Register")`, `icon("flag")` or
`url("notices")` are the text that they stand for, joined with the text around them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, ClassVar

from django.urls import NoReverseMatch
from django.utils import translation
from jinja2 import Environment, Template, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

Known = Mapping[str, Callable[..., object]]


def sentence(text: str) -> Markup:
    """A template's sentence in the page's language, before its values are put in."""
    return Markup(translation.gettext(text))  # noqa: S704  (the text is a template's)


def said_in_page(text: str, /, **values: object) -> Markup:
    """`_` of our templates: a sentence with the values put in and escaped."""
    return sentence(text) % values  # "%%" stands for "%" in all of them


class LanguageEnvironment(Environment):
    """Leads to the environment of the language at hand; that is a copy of this one, with a cache of its own."""

    known: ClassVar[Known]
    """The functions, by the names that templates have for them, whose answer hangs on their values and the language
    alone. Templates call nothing else by these names."""
    spoken: ClassVar[Known]
    """Filters that take as `persian` whether they are to write so."""
    language: str | None = None

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._of: dict[str | None, LanguageEnvironment] = {}

    def of_language(self) -> LanguageEnvironment:
        language = translation.get_language()
        if language not in self._of:
            copy = self.overlay()
            assert isinstance(copy, LanguageEnvironment)
            copy.language = language
            is_persian = language == "fa"
            copy.filters = self.filters | {
                name: partial(told, persian=is_persian) for name, told in self.spoken.items()
            }
            self._of[language] = copy
        return self._of[language]

    def get_template(self, name: Any, parent: Any = None, globals: Any = None) -> Template:
        if not self.overlayed:
            return self.of_language().get_template(name, parent, globals)
        return super().get_template(name, parent, globals)

    def from_string(self, source: Any, globals: Any = None, template_class: Any = None) -> Template:
        if not self.overlayed:
            return self.of_language().from_string(source, globals, template_class)
        return super().from_string(source, globals, template_class)

    def _generate(self, source: nodes.Template, name: Any, filename: Any, defer_init: bool = False) -> str:
        with translation.override(self.language):
            _Foretelling(self).visit(source)
            return super()._generate(source, name, filename, defer_init)  # works out filters of constants


class _Foretelling(NodeTransformer):
    def __init__(self, environment: LanguageEnvironment) -> None:
        self._env = environment

    def visit_Call(self, node: nodes.Call, *_args: Any, **_kwargs: Any) -> nodes.Node:
        self.generic_visit(node)
        called = node.node
        if not isinstance(called, nodes.Name) or called.name not in self._env.known or node.dyn_args or node.dyn_kwargs:
            return node
        try:
            values = [one.as_const() for one in node.args]
            if called.name == "_" and node.kwargs:
                return self._sentence(node, *values)
            named = {one.key: one.value.as_const() for one in node.kwargs}
            return nodes.Const(self._env.known[called.name](*values, **named), lineno=node.lineno)
        except (nodes.Impossible, NoReverseMatch, ValueError):  # asked for when the page is made, if it is then
            return node

    def _sentence(self, node: nodes.Call, text: str) -> nodes.Node:
        """The sentence, into which what is no constant is put."""
        pairs = [nodes.Pair(nodes.Const(one.key), one.value, lineno=node.lineno) for one in node.kwargs]
        filled = nodes.Dict(pairs, lineno=node.lineno)
        return nodes.Mod(nodes.Const(sentence(text)), filled, lineno=node.lineno)
