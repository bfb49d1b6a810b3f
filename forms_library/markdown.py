"""Texts of a department in Markdown as safe HTML: paragraphs, lists, links, bold, headings."""

from collections.abc import Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from engine.core.marked_parts import marked_like, plain
from forms_library.markup import MARKS

TITLE, DEEPEST = 1, 4
CLASSES = {
    "p": "govuk-body",
    "h2": "govuk-heading-m",
    "h3": "govuk-heading-s",
    "h4": "govuk-heading-s",
    "ul": "govuk-list govuk-list--bullet",
    "ol": "govuk-list govuk-list--number",
    "a": "govuk-link",
}
_parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": 20}).disable(
    ["image", "html_inline", "html_block"]
)


class _Renderer(RendererHTML):
    """Headings begin below the title of the page, and everything has its class."""

    def render(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:
        level = TITLE
        for token in tokens:
            if token.type == "heading_open":
                # No level may be left out: those who listen to a page go by them.
                level = min(max(int(token.tag[1:]), TITLE + 1), level + 1, DEEPEST)
            if token.type in ("heading_open", "heading_close"):
                token.tag = f"h{level}"
            self._dress(token)
            for inner in token.children or []:
                self._dress(inner)
        return str(super().render(tokens, options, env))

    def _dress(self, token: Token) -> None:
        if token.nesting == 1 and token.tag in CLASSES:
            token.attrSet("class", CLASSES[token.tag])
        if token.type == "link_open":
            token.attrSet("rel", "noreferrer noopener")


@lru_cache(maxsize=2_000)
def html_of(text: str) -> str:
    """The text as HTML; tags that are typed are shown as they were typed, and links lead to the web only."""
    words = plain(text.translate(MARKS))
    html = str(_Renderer(_parser).render(_parser.parse(words), _parser.options, {}))
    return marked_like(text, html)
