"""A service from nothing, as a department administrator makes it in the editor.

Three pages, twelve questions, a repeating group, four conditions; a decision, an approval by two of three, a
correction, a deadline, a certificate; texts in English and French.
"""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.journeys.hands import Keyboard, write
from tests.journeys.stall_editor import TITLE, Editor


class Maker(Editor):
    """Somebody who makes the service."""

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
