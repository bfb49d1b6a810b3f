"""The service of a market stall until it is live: made, translated, tried, asked for and published."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.hands import write
from tests.journeys.stall_editor import KEY, Editor
from tests.journeys.stall_making import Maker


class Designer(Maker):
    """Somebody who makes the service, tries it and asks for its publication."""

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


class Publisher(Editor):
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
