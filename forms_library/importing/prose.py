"""HTML of a foreign form becomes Markdown; what Markdown cannot say is named in the report."""

import re
from typing import Any

from bs4 import BeautifulSoup, Comment
from bs4.element import Tag
from markdownify import MarkdownConverter

from engine.core.problems import Part
from forms_library.importing.report import Report
from forms_library.importing.source import clean

# an address in angle brackets is Markdown, no element
LOOKS_LIKE_HTML = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>|<!|&[a-zA-Z#][a-zA-Z0-9]{1,10};")
TEMPLATE = re.compile(r"\{\{.{0,500}?\}\}|\{%.{0,500}?%\}", re.DOTALL)
BLANKS = re.compile(r"\n{3,}")
SAID = {
    "p", "br", "a", "strong", "b", "em", "i", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "div",
    "span", "hr", "blockquote", "code", "pre", "html", "body", "section", "article", "small", "header",
    "main", "label", "font", "u", "center",
}  # fmt: skip
DEAD = {"script", "style", "iframe", "object", "embed", "form", "input", "button", "svg", "video", "audio"}
LONGEST, LONGEST_LABEL = 50_000, 10_000
DEEPEST = 100


class _Converter(MarkdownConverter):
    """Headings begin below the title of the page; tables become lines, images their alternative text."""

    def convert_img(self, el: Tag, text: str, parent_tags: Any) -> str:
        """The alternative text stands for the image."""
        return str(el.get("alt") or "")

    def convert_td(self, el: Tag, text: str, parent_tags: Any) -> str:
        """Cells are set apart in one line."""
        return f"{text.strip()} · " if el.find_next_sibling(("td", "th")) else text.strip()

    convert_th = convert_td

    def convert_tr(self, el: Tag, text: str, parent_tags: Any) -> str:
        """A row is an item of a list."""
        return f"- {text.strip()}\n"

    def convert_table(self, el: Tag, text: str, parent_tags: Any) -> str:
        """A table is a list of its rows."""
        return f"\n\n{text.strip()}\n\n"


def to_markdown(source: str, path: tuple[Part, ...], report: Report) -> str:
    """The text as Markdown; a text without markup stays as it is."""
    text = _within(clean(source), LONGEST, path, report)
    if TEMPLATE.search(text):
        report.lost(
            path, "template", "Words that the old system filled in ({{ … }}) stay as they are written."
        )
    if not LOOKS_LIKE_HTML.search(text):
        return text.strip()
    soup = BeautifulSoup(text, "html.parser")
    if _too_deep(soup):
        report.lost(path, "too_deep", "This text is nested too deep; only its words are carried.")
        return soup.get_text(" ", strip=True)
    _prepare(soup, path, report)
    markdown = _Converter(heading_style="ATX", bullets="-", escape_underscores=True).convert_soup(soup)
    return BLANKS.sub("\n\n", str(markdown)).strip()


def is_plain(source: Any) -> bool:
    """Whether a text has no markup."""
    return not isinstance(source, str) or not LOOKS_LIKE_HTML.search(source)


def to_plain(source: str, path: tuple[Part, ...], report: Report) -> str:
    """The words of a text in one line, for labels; markup is named when there was any."""
    text = _within(clean(source).strip(), LONGEST_LABEL, path, report)
    if not LOOKS_LIKE_HTML.search(text):
        return text
    report.lost(path, "markup", "The markup inside this text is not carried, only its words.")
    return re.sub(r"\s+", " ", BeautifulSoup(text, "html.parser").get_text(" ", strip=True))


def _within(text: str, most: int, path: tuple[Part, ...], report: Report) -> str:
    if len(text) > most:
        report.lost(path, "too_long", f"This text is longer than {most:,} characters; the rest is cut off.")
    return text[:most]


def _too_deep(soup: BeautifulSoup) -> bool:
    stack: list[tuple[Any, int]] = [(soup, 0)]
    while stack:
        node, depth = stack.pop()
        if depth > DEEPEST:
            return True
        stack.extend((child, depth + 1) for child in getattr(node, "children", ()) if isinstance(child, Tag))
    return False


def _prepare(soup: BeautifulSoup, path: tuple[Part, ...], report: Report) -> None:
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    names = {tag.name for tag in soup.find_all(True)}
    for name in sorted(names & DEAD):
        report.lost(path, "active", f"The element <{name}> is not carried.")
        for tag in soup.find_all(name):
            tag.decompose()
    if names & {"table", "tr", "td"}:
        report.lost(path, "table", "The table in this text becomes a list of its rows.")
    if "img" in names:
        report.lost(path, "image", "The image in this text is not carried, only its alternative text.")
    known = SAID | DEAD | {"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "img"}
    for name in sorted(names - known):
        report.lost(path, "element", f"The element <{name[:40]}> is not carried, only its words.")
    _unsay_looks(soup, path, report)
    _lower_headings(soup)


def _unsay_looks(soup: BeautifulSoup, path: tuple[Part, ...], report: Report) -> None:
    looks = {
        name
        for tag in soup.find_all(True)
        for name in tag.attrs
        if name not in ("href", "alt", "src", "title")
    }
    if looks:
        report.lost(path, "styling", f"How this text looks is not carried ({', '.join(sorted(looks)[:6])}).")
    for tag in soup.find_all("a"):
        address = str(tag.get("href") or "")
        if not re.match(r"(?:https?://|mailto:|tel:|/|#)", address, re.IGNORECASE):
            report.lost(path, "link", "A link without an address that can be followed is carried as words.")
            tag.unwrap()
        elif tag.get("target") or tag.get("title"):
            del tag["title"]


def _lower_headings(soup: BeautifulSoup) -> None:
    """The title of the page is its only heading of the first level, and texts have levels 2 to 4."""
    for tag in soup.find_all(["h1", "h5", "h6"]):
        tag.name = "h2" if tag.name == "h1" else "h4"
