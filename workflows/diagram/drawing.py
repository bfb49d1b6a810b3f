"""The picture as SVG: no script, no inline style, a title and a description for screen readers."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from workflows.definition import Workflow
from workflows.diagram.heat import Warmth
from workflows.diagram.layout import COLUMN, ROW, Layout, Link, place
from workflows.diagram.live import Live
from workflows.diagram.outline import detail_of, title_of
from workflows.diagram.roads import MARGIN, Point, Roads
from workflows.diagram.shapes import INK_2, PAPER, IconSource, deadline, shape
from workflows.node_type import NodeOptions, node_types

EDGE, TAKEN = "#647683", "#17508f"
BESIDE, BELOW = 22, 26  # letters of a label between two columns, and under a step
WORDS = {
    "en": ("Workflow of {title}", "{steps} steps. Done: {done}. Now: {now}."),
    "fr": ("Processus de {title}", "{steps} étapes. Terminé : {done}. En cours : {now}."),
    "ar": ("مسار {title}", "{steps} خطوات. تم: {done}. الآن: {now}."),
}


def no_icon(name: str, size: int) -> str:
    """Draws without icons."""
    return ""


def draw(
    workflow: Workflow,
    title: str,
    *,
    live: Live | None = None,
    language: str = "en",
    icon: IconSource = no_icon,
    identity: str = "workflow",
    heat: Mapping[str, Warmth] | None = None,
) -> SafeString:
    """The picture of a workflow; `icon` gives the SVG of an icon by name and size, `heat` tints steps."""
    drawing = _Drawing(workflow, live or Live(), language, icon, heat or {})
    layout = drawing.layout
    width, height = layout.columns * COLUMN + 2 * MARGIN, (layout.rows - 1) * ROW + 2 * MARGIN + 20
    name, description = drawing.words(title)
    return mark_safe(  # noqa: S308 - every text in it is escaped where it is put in
        '<svg xmlns="http://www.w3.org/2000/svg" class="cwd-diagram" role="img" '
        f'viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'aria-labelledby="{identity}-title {identity}-description">'
        f'<title id="{identity}-title">{escape(name)}</title>'
        f'<desc id="{identity}-description">{escape(description)}</desc>'
        f"<defs>{_arrow(identity, 'way', EDGE)}{_arrow(identity, 'taken', TAKEN)}</defs>"
        f"{drawing.links(identity)}"
        f"{''.join(drawing.step(options) for options in workflow.nodes)}</svg>"
    )


def _arrow(identity: str, name: str, colour: str) -> str:
    return (
        f'<marker id="{identity}-{name}" viewBox="0 0 10 10" refX="9" refY="5" '
        f'markerWidth="7" markerHeight="7" orient="auto-start-reverse">'
        f'<path d="M0 0L10 5 0 10z" fill="{colour}"/></marker>'
    )


class _Drawing:
    """What is needed to draw the steps and arrows of one workflow."""

    def __init__(
        self,
        workflow: Workflow,
        live: Live,
        language: str,
        icon: IconSource,
        heat: Mapping[str, Warmth],
    ) -> None:
        self.steps: dict[str, NodeOptions] = {options.key: options for options in workflow.nodes}
        self.layout: Layout = place(workflow.nodes, workflow.start)
        self.roads = Roads(self.layout, {key: node_types[o.type].family for key, o in self.steps.items()})
        self.live, self.language, self.icon, self.heat = live, language, icon, heat

    def words(self, title: str) -> tuple[str, str]:
        """The name of the picture, and what it shows."""
        name, description = WORDS.get(self.language.split("-")[0], WORDS["en"])
        states = self.live.states
        listed = {
            state: ", ".join(
                title_of(self.steps[key], self.language)
                for key, found in states.items()
                if found == state and key in self.steps
            )
            for state in ("done", "open")
        }
        shown = description.format(
            steps=len(self.steps), done=listed["done"] or "–", now=listed["open"] or "–"
        )
        return name.format(title=title), shown

    def step(self, options: NodeOptions) -> str:
        """One step."""
        kind, state = node_types[options.type], self.live.states.get(options.key)
        title, detail = title_of(options, self.language), detail_of(options, self.language)
        if options.key in self.layout.hosts:
            return deadline(
                detail, self.icon(kind.drawn_icon(options), 12), state, self.roads.middle(options.key)
            )
        icon = self.icon(kind.drawn_icon(options), 16)
        middle, several = self.roads.middle(options.key), bool(kind.several(options, self.language))
        warmth = self.heat.get(options.key)
        paper = warmth.tint if warmth else PAPER
        detail = warmth.text if warmth else detail
        return shape(kind.family, title, detail, icon, state, middle, several=several, paper=paper)

    def links(self, identity: str) -> str:
        """All arrows, and above them their labels."""
        roads = [(link, self.roads.corners(link, number)) for number, link in enumerate(self.layout.links)]
        lines = [self._line(link, identity, points) for link, points in roads]
        return "".join([*lines, *(self._label(link, points) for link, points in roads)])

    def _line(self, link: Link, identity: str, points: list[Point]) -> str:
        taken = (link.source, link.target) in self.live.taken
        colour, marker = (TAKEN, "taken") if taken else (EDGE, "way")
        width, dashed = (2.5 if taken else 1.75), (' stroke-dasharray="6 5"' if link.back else "")
        path = "M" + "L".join(f"{x:g} {y:g}" for x, y in points)
        return (
            f'<path class="cwd-link{" is-taken" if taken else ""}" d="{path}" fill="none" stroke="{colour}" '
            f'stroke-width="{width}" stroke-linejoin="round"{dashed} marker-end="url(#{identity}-{marker})"/>'
        )

    def _label(self, link: Link, points: list[Point]) -> str:
        text = link.edge.label.in_(self.language)
        if not text:
            return ""
        beside = points[0][1] == points[1][1]
        shown = _cut(text, BESIDE if beside else BELOW)
        wide = 7 * len(shown) + 12
        corner = next((n for n in range(len(points) - 1) if points[n][1] == points[n + 1][1]), 0)
        (x1, y1), (x2, y2) = points[corner], points[corner + 1]
        if beside:  # right of its step, over whatever goes up and down there
            x, y = x1 + 10 + wide / 2, y1
        elif y1 == y2:
            x, y = x1 + min((x2 - x1) / 2, wide / 2 + 12) if x2 > x1 else x2 + 8 + wide / 2, y1
        else:
            x, y = (x1 + x2) / 2, (y1 + y2) / 2
        return (
            f'<rect x="{x - wide / 2:g}" y="{y - 9:g}" width="{wide:g}" height="18" rx="9" fill="{PAPER}"/>'
            f'<text x="{x:g}" y="{y + 4:g}" font-size="11" font-weight="600" text-anchor="middle" '
            f'fill="{INK_2}">{escape(shown)}</text>'
        )


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
