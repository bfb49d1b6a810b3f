"""Departments, with everything that is set for them."""

from typing import Any

from django.db import models

from engine.core.text import Text
from engine.core.voice import shown
from engine.departments import themes, validation
from engine.departments.permissions import Permission


class Department(models.Model):
    """The owner of services, staff, calendars and data."""

    key = models.SlugField(max_length=50, unique=True)
    title = models.JSONField(validators=[validation.localised])
    languages = models.JSONField(default=validation.default_languages, validators=[validation.languages])
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validation.time_zone])
    week = models.JSONField(default=validation.default_week, validators=[validation.week])
    holiday_country = models.CharField(
        max_length=16, blank=True, default="", validators=[validation.holiday_country]
    )
    own_days = models.JSONField(default=list, blank=True, validators=[validation.own_days])
    document_store = models.CharField(
        max_length=8, choices=[("nas", "Network folder"), ("s3", "Object store")], default="nas"
    )
    # where its documents may lie, the copies too; an empty list allows every region
    document_regions = models.JSONField(
        default=list, db_default=[], blank=True, validators=[validation.regions]
    )
    brand = models.CharField(max_length=7, default=themes.DEFAULT.brand, validators=[themes.colour])
    on_brand = models.CharField(max_length=7, default=themes.DEFAULT.on_brand, validators=[themes.colour])
    tint = models.CharField(max_length=7, default=themes.DEFAULT.tint, validators=[themes.colour])
    line = models.CharField(max_length=7, default=themes.DEFAULT.line, validators=[themes.colour])
    icon = models.CharField(max_length=40, default="landmark", validators=[validation.icon])
    address = models.JSONField(default=dict, blank=True, validators=[validation.localised])
    telephone = models.CharField(max_length=40, blank=True, default="")
    opening_hours = models.JSONField(default=dict, blank=True, validators=[validation.localised])
    signer_name = models.CharField(max_length=120, blank=True, default="")
    signer_title = models.JSONField(default=dict, blank=True, validators=[validation.localised])
    publication_approvals = models.PositiveSmallIntegerField(default=0, db_default=0)  # by how many people
    place = models.CharField(max_length=120, blank=True, default="")
    country_line = models.JSONField(default=dict, blank=True, validators=[validation.localised])

    class Meta:
        ordering = ("key",)
        permissions = [(right.value, right.sentence) for right in Permission]

    def __str__(self) -> str:
        return self.name(self.languages[0])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the department; its fields are checked here, because fixtures and imports pass no form."""
        self.clean_fields()
        self.clean()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse colours that cannot be read."""
        themes.check(themes.of(self))

    def text(self, field: str, language: str) -> str:
        """A localised column ("title", "address", ...) in this language, or in the department's first."""
        texts = getattr(self, field) or {}
        found = Text.model_validate(texts)
        if isinstance(texts, dict) and language.split("-")[0] not in {tag.split("-")[0] for tag in texts}:
            first = found.in_(self.languages[0])
            return shown(first, found.shown_in(self.languages[0]), language)
        return found.in_(language)

    def name(self, language: str) -> str:
        """What the department is called in this language."""
        return self.text("title", language)
