"""Load the demonstration: departments, people, services and cases; a second run changes nothing."""

import random
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from engine.departments.access import forget
from workflows.demonstration.cases import SEED, load_cases
from workflows.demonstration.packages import load_packages
from workflows.demonstration.places import load_departments, load_people
from workflows.demonstration.world import World
from workflows.models import Draft

DRAFTS = 8


class Command(BaseCommand):
    """Fills an empty installation with the demonstration."""

    help = "Load departments, people, services and about 200 cases, made by walking the real engine."

    def add_arguments(self, parser: Any) -> None:
        """The cases can be left out."""
        parser.add_argument("--without-cases", action="store_true", help="only departments, people, services")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load what is not there yet."""
        departments, people = load_departments(), load_people()
        for user in people.values():
            forget(user)
        world = World(departments, people, load_packages(departments, people))
        self.stdout.write(
            f"{len(departments)} departments, {len(people)} people, {len(world.services)} services"
        )
        if options["without_cases"]:
            return
        made = load_cases(world)
        drafts = self._drafts(world) if made else 0
        self.stdout.write(f"{made} cases and {drafts} drafts made")

    def _drafts(self, world: World) -> int:
        """Some people have begun and not finished."""
        chance = random.Random(SEED + 1)  # noqa: S311 - the same drafts every time are wanted
        for number in range(DRAFTS):
            key = "trade-licence" if number % 2 else "residence-extract"
            world.begin(world.services[key], chance, timezone.now(), pages=1 + number % 3)
        return Draft.objects.filter(submitted_case=None, work_item=None).count()
