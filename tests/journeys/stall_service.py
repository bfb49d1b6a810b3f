"""A service from nothing, as a department administrator makes it in the editor.

Three pages, twelve questions, a repeating group, four conditions; a decision, an approval by two of three, a
correction, a deadline, a certificate; texts in English and French.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.journeys.hands import Hands, Keyboard, write

TITLE, KEY = "Run a market stall", "run-a-market-stall"
Look = Callable[[str], None]


class Designer:
    """Somebody who designs, with the keyboard or the mouse."""

    def __init__(self, hands: Hands, base: str, look: Look) -> None:
        self.hands, self.page, self.base, self.look = hands, hands.page, base, look

    # --- places

    @property
    def panel(self) -> Locator:
        """The properties of what is chosen."""
        return self.page.locator(".cwd-pane--end")

    def button(self, name: str, *, within: Locator | None = None) -> Locator:
        """A button by its whole name."""
        place: Locator | Page = within if within is not None else self.page
        return place.get_by_role("button", name=name, exact=True)

    def tab(self, name: str) -> None:
        """Go to a part of the service."""
        link = self.page.locator(".cwd-tabs").get_by_role("link", name=name)
        self.hands.press(link)
        expect(self.page.locator(".cwd-tabs [aria-current]")).to_contain_text(name)
        expect(self.page.locator(".cwd-loading")).to_have_count(0)

    def field(self, label: str, *, within: Locator | None = None) -> Locator:
        """A property by its whole label."""
        return (within if within is not None else self.panel).get_by_label(label, exact=True)

    def until_saved(self) -> None:
        """Wait until the last change has reached the server."""
        expect(self.page.locator(".cwd-saved")).to_contain_text("Saved")

    # --- the beginning

    def begin(self) -> None:
        """Title and languages; the editor opens."""
        self.page.goto(f"{self.base}/manage/licensing/new/")
        write(self.hands, self.page.get_by_label("Title"), TITLE)
        self.hands.press(self.page.get_by_label("français"))
        self.look("1-begin")
        self.hands.press(self.button("Make it and open the editor"))
        expect(self.page.locator(".cwd-tabs")).to_be_visible()

    def overview(self) -> None:
        """What the checklist says is missing is written, in two languages."""
        self.tab("Overview")
        self.look("2-overview")
        self.hands.press(self.page.locator(".cwd-checkline", has_text="one sentence of summary"))
        write(self.hands, self.field("Summary"), "For everybody who sells at the market.")
        self.french("Title", "Tenir un étal au marché")
        self.french("Summary", "Pour tous ceux qui vendent au marché.", last=True)
        expect(self.page.locator(".cwd-checkline", has_text="Title and summary are written")).to_be_visible()

    def french(self, label: str, words: str, *, last: bool = False) -> None:
        """Write a text in French; the last one turns the editor back to English."""
        frame = self.panel.locator(".cwd-field").filter(has=self.page.get_by_label(label, exact=True))
        french = frame.locator(".cwd-langs button", has_text="FR")
        if french.get_attribute("aria-pressed") != "true":
            self.hands.press(french)
        write(self.hands, self.field(label), words)
        if last:
            self.hands.press(frame.locator(".cwd-langs button", has_text="EN"))

    # --- the form

    def form(self) -> None:
        """Three pages with twelve questions, four of them only sometimes."""
        self.tab("Form")
        self.add("E-mail address", "E-mail address")
        self.add("Phone number", "Telephone")
        self.add_page("Your stall")
        self.add("One of a few", "What will you sell?")
        self.answers("Flowers", "Hot food")
        self.add("Short text", "How will you cook?")
        self.only_if(question="What will you sell?", answer="Hot food")
        self.add("Repeating group", "Helpers")
        self.look("3-form")
        self.choose("First name")
        self.add("Yes or no", "Under 18?")
        self.add("Short text", "Parent who agrees")
        self.only_if(question="Under 18?")
        self.add_page("Your days")
        self.add("Whole number", "How many days?")
        self.add("Long text", "Why so long?")
        self.only_if(question="How many days?", compared="is more than", value="10")
        self.add("Yes or no", "Do you need electricity?")
        self.only_if(question="What will you sell?", answer="Hot food")
        self.look("4-condition")
        self.until_saved()

    def choose(self, label: str) -> None:
        """Choose a question or page in the list of pages."""
        self.hands.press(self.page.locator(".cwd-tree").get_by_role("button", name=label))

    def add_page(self, title: str) -> None:
        """A page behind the last, and its title."""
        self.hands.press(self.button("Add a page"))
        self.name(title)

    def answers(self, *labels: str) -> None:
        """What can be chosen; two stand there already."""
        for number, label in enumerate(labels, start=1):
            write(self.hands, self.field(f"Answer {number}"), label)

    def only_if(self, *, question: str, answer: str = "", compared: str = "", value: str = "") -> None:
        """The chosen question is shown only when another is answered so."""
        self.hands.press(self.button("Rules", within=self.panel))
        self.hands.press(self.button("Add a condition: Shown when", within=self.panel))
        self.condition(question=question, answer=answer, compared=compared, value=value)
        expect(self.page.locator(".cwd-question--on, .cwd-tree")).not_to_have_count(0)
        self.hands.press(self.button("Question", within=self.panel))

    def condition(self, *, question: str, answer: str, compared: str, value: str) -> None:
        """One condition, picked from what was asked before."""
        add = self.button("Condition", within=self.panel)
        expect(add).to_be_enabled()
        self.hands.press(add)
        self.hands.pick(self.field("Question"), question)
        if compared:
            self.hands.pick(self.field("Comparison"), compared)
        if answer:
            self.hands.pick(self.field("Answer"), answer)
        if value:
            write(self.hands, self.field("Value"), value)
        expect(self.panel.locator("code.cwd-cel")).to_contain_text(".")

    def add(self, kind: str, label: str) -> None:
        """Add a question behind the chosen one and name it."""
        search = self.page.get_by_label("Search kinds of question")
        if isinstance(self.hands, Keyboard):
            self.page.keyboard.press("Control+/")
            expect(search).to_be_focused()
            self.page.keyboard.type(kind)
            self.page.keyboard.press("Enter")
        else:
            write(self.hands, search, kind)
            self.hands.press(self.page.get_by_role("group", name="Found").get_by_role("button").first)
            write(self.hands, search, " ")
        self.name(label)

    def name(self, label: str) -> None:
        """Give what is chosen its name."""
        if isinstance(self.hands, Keyboard):
            self.page.keyboard.press("F2")
            self.page.keyboard.press("Control+a")
            self.page.keyboard.type(label)
        else:
            write(self.hands, self.panel.locator("[data-rename] input, [data-rename] textarea").first, label)
        expect(self.page.locator(".cwd-canvas")).to_contain_text(label)

    # --- the workflow

    def workflow(self) -> None:
        """A decision, an approval by two of three, a correction, a deadline, a certificate."""
        self.tab("Workflow")
        if isinstance(self.hands, Keyboard):
            self.page.keyboard.press("o")
            expect(self.page.locator(".cwd-outline")).to_be_visible()
        self.correction()
        self.decision()
        self.approval()
        self.certificate()
        self.deadline()
        self.look("6-workflow")
        self.until_saved()

    def step(self, name: str) -> None:
        """Choose a step: in the outline, or on the canvas."""
        if isinstance(self.hands, Keyboard):
            self.hands.press(self.page.locator(".cwd-outline__name").filter(has_text=name).first)
        else:
            self.page.locator(".react-flow__node").filter(has_text=name).first.click()
        expect(self.field("Title")).to_have_value(name)

    def add_step(self, kind: str, title: str, *, after: str, way: str) -> None:
        """Add a step where a way leads, and name it."""
        self.step(after)
        self.add_by(self.button(f"Add a step after {after}, {way}", within=self.panel), kind, title)

    def add_by(self, plus: Locator, kind: str, title: str) -> None:
        """Press what adds a step, choose its kind and name it."""
        self.hands.press(plus)
        dialog = self.page.get_by_role("dialog")
        expect(dialog).to_be_visible()
        self.page.keyboard.type(kind)
        if isinstance(self.hands, Keyboard):
            self.page.keyboard.press("Enter")
        else:
            self.hands.press(dialog.get_by_role("button", name=kind).first)
        expect(dialog).to_have_count(0)
        write(self.hands, self.field("Title"), title)

    def correction(self) -> None:
        """The clerk can ask the applicant to correct; then it is checked again."""
        self.step("Check the application")
        self.hands.press(self.button("Add to Outcomes", within=self.panel))
        outcome = self.panel.locator(".cwd-list__item").last
        write(self.hands, self.field("Words", within=outcome), "Return for correction")
        self.hands.pick(self.field("Looks like", within=outcome), "Return")
        self.add_step(
            "Correction", "Correct your answers", after="Check the application", way="Return for correction"
        )
        self.hands.pick(self.field("Next step"), "Check the application")

    def decision(self) -> None:
        """Who sells hot food needs the approval of a board."""
        self.add_step("Condition", "Hot food?", after="Check the application", way="Accept")
        self.condition(question="What will you sell?", answer="Hot food", compared="", value="")

    def approval(self) -> None:
        """Two of three supervisors must approve."""
        way = self.panel.locator(".cwd-links li").first.get_by_role("button").last
        self.add_by(way, "Approval", "Approve the stall")
        self.hands.press(self.button("Add to Who votes", within=self.panel))
        self.hands.pick(self.field("Kind of How many of them"), "A number")
        write(self.hands, self.field("A number"), "3")
        self.hands.pick(self.field("Kind of How votes are counted"), "A number of them")
        write(self.hands, self.field("Needed"), "2")

    def certificate(self) -> None:
        """The certificate is written, and a step issues it."""
        self.tab("Certificate")
        self.hands.press(self.button("Add a certificate").last)
        write(self.hands, self.field("Title"), "Market stall permit")
        write(self.hands, self.field("Statement"), "may sell at the market of the city")
        self.french("Title", "Permis d’étal")
        self.french("Statement", "peut vendre au marché de la ville", last=True)
        expect(self.page.get_by_role("img", name="The certificate as it would be printed")).to_be_visible()
        self.look("5-certificate")
        self.tab("Workflow")
        self.add_step("Issue certificate", "Issue the permit", after="Approve the stall", way="When approved")
        self.hands.pick(self.field("Certificate"), "Market stall permit")
        self.step("Hot food?")
        self.hands.pick(self.field("Otherwise"), "Issue the permit")

    def deadline(self) -> None:
        """Who checks too slowly is overtaken: the board sees it at once."""
        self.step("Check the application")
        self.add_by(
            self.button("Add what happens when it takes too long, or fails", within=self.panel),
            "Deadline",
            "Check takes long",
        )
        write(self.hands, self.field("How many"), "5")
        self.hands.press(self.button("Add Escalate", within=self.panel))
        self.hands.pick(self.field("Reassign"), "Supervisor")

    def mend(self) -> None:
        """What the checklist still names is mended where it leads to."""
        self.tab("Overview")
        self.until_saved()
        self.look("6-to-mend")
        self.hands.press(self.page.locator(".cwd-checkline", has_text="1 to mend in the workflow"))
        expect(self.field("Title")).to_have_value("Approve the stall")
        self.hands.pick(self.field("When refused"), "Refused")
        self.tab("Overview")
        expect(
            self.page.locator(".cwd-checkline", has_text="Every case finds its way to an end")
        ).to_be_visible()

    # --- French, trying, asking

    def translations(self, folder: Path) -> None:
        """What is not written in French yet goes out as a table, is filled in, and comes back."""
        self.tab_elsewhere("Translations")
        with self.page.expect_download() as sent:
            self.hands.press(self.page.get_by_role("link", name="Only these as CSV"))
        table = folder / "french.csv"
        sent.value.save_as(table)
        table.write_text(in_french(table.read_text(encoding="utf-8-sig")), encoding="utf-8")
        with self.page.expect_file_chooser() as asked:
            self.hands.press(self.page.get_by_label("File"))
        asked.value.set_files(table)
        with self.page.expect_navigation():
            self.hands.press(self.button("Check and take the translations"))
        expect(self.page.get_by_text("100 %")).to_have_count(2)
        self.look("7-translations")

    def tab_elsewhere(self, name: str) -> None:
        """Go to a part that the server draws as a page of its own."""
        self.until_saved()
        with self.page.expect_navigation():
            self.hands.press(self.page.locator(".cwd-tabs").get_by_role("link", name=name))

    def editor(self, tab: str) -> None:
        """Back to the editor."""
        with self.page.expect_navigation():
            self.hands.press(self.page.locator(".crumb").get_by_role("link", name=TITLE))
        with self.page.expect_navigation():
            self.hands.press(self.page.get_by_role("link", name="Open the editor"))
        expect(self.page.locator(".cwd-tabs")).to_be_visible()
        self.tab(tab)

    def trial(self) -> None:
        """As citizen and as clerk; a board of three; the certificate is issued."""
        with self.page.expect_navigation():
            self.hands.press(self.page.locator(".cwd-tabs").get_by_role("link", name="Try it"))
        self.until_the_board_is_asked()
        for _vote in range(2):
            expect(self.page.get_by_role("heading", name="Approve the stall").first).to_be_visible()
            self.play("Approve")
        expect(self.page.get_by_text("The case has ended.")).to_be_visible()
        expect(self.page.get_by_role("button", name="Market stall permit")).to_be_visible()
        self.look("8-trial")
        write(self.hands, self.page.get_by_label("Name of this walk"), "Accepted")
        self.play("Save this one")
        expect(self.page.get_by_text("The walk is saved")).to_be_visible()

    def until_the_board_is_asked(self) -> None:
        """Of the answers that are made up, some sell hot food; only those come before the board."""
        for number in range(1, 10):
            self.hands.pick(self.page.get_by_label("Answers", exact=True), f"Made up, number {number}")
            self.play("Apply")
            self.play("Accept")
            if self.page.get_by_role("heading", name="Approve the stall").count():
                return
            self.play("Start again")
        raise AssertionError("nobody sells hot food")

    def play(self, name: str) -> None:
        """Press one of the acts, and wait for what comes of it."""
        with self.page.expect_navigation():
            self.hands.press(self.button(name).first)

    def ask(self) -> None:
        """Ask for publication, with a note."""
        self.editor("Versions")
        expect(self.page.locator(".cwd-differences li")).not_to_have_count(0)
        self.look("9-versions")
        write(self.hands, self.page.get_by_label("A note for who looks at it"), "For the spring market.")
        self.hands.press(self.button("Ask to publish"))
        expect(self.page.get_by_text("You have asked for publication.")).to_be_visible()


class Publisher(Designer):
    """Somebody who may publish, and may not design."""

    def publish(self) -> None:
        """See what is new and what was asked, approve it, and publish."""
        self.page.goto(f"{self.base}/manage/licensing/{KEY}/design/#versions")
        expect(self.page.get_by_text("asked for publication on")).to_be_visible()
        expect(self.page.locator(".cwd-differences")).to_contain_text("What will you sell?")
        expect(self.page.locator(".cwd-differences")).to_contain_text("Approve the stall")
        expect(self.button("Publish version 1")).to_be_disabled()
        self.look("10-publish")
        self.hands.press(self.button("Approve"))
        expect(self.page.get_by_text("Approvals: 1 of 1")).to_be_visible()
        self.hands.press(self.button("Publish version 1"))
        expect(self.page.get_by_text("Version 1 is live.").first).to_be_visible()


FRENCH = {
    "Run a market stall": "Tenir un étal au marché",
    "E-mail address": "Adresse électronique",
    "Telephone": "Téléphone",
    "Your stall": "Votre étal",
    "What will you sell?": "Que vendrez-vous ?",
    "Flowers": "Des fleurs",
    "Hot food": "Des plats chauds",
    "How will you cook?": "Comment cuisinerez-vous ?",
    "Helpers": "Aides",
    "First name": "Prénom",
    "Under 18?": "Moins de 18 ans ?",
    "Parent who agrees": "Parent qui consent",
    "Your days": "Vos jours",
    "How many days?": "Combien de jours ?",
    "Why so long?": "Pourquoi si longtemps ?",
    "Do you need electricity?": "Avez-vous besoin d’électricité ?",
    "Return for correction": "Renvoyer pour correction",
    "Hot food?": "Des plats chauds ?",
    "Approve the stall": "Approuver l’étal",
    "Issue the permit": "Délivrer le permis",
    "Correct your answers": "Corrigez vos réponses",
    "Check takes long": "L’examen dure",
}


def in_french(table: str) -> str:
    """What a translator does to the table: the column of translations is filled in."""
    rows = list(csv.DictReader(io.StringIO(table)))
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows({**row, "translation": row["translation"] or FRENCH[row["source"]]} for row in rows)
    return out.getvalue()
