"""Clocks: stops that are exact, warnings, holds, the ledger, and calendars that change.

`paused_left_s` stays in the database until the next release.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

STOOD = """
UPDATE workflows_deadline d SET paused_at = c.paused_at FROM workflows_case c
WHERE c.id = d.case_id AND d.paused_left_s IS NOT NULL AND d.fired_at IS NULL AND d.cancelled_at IS NULL
"""
FINAL = "The ledger of clocks is append-only."
# plain triggers: see audit 0002
PROTECT = f"""
CREATE TRIGGER workflows_clockentry_is_final BEFORE UPDATE OR DELETE ON workflows_clockentry
    FOR EACH ROW EXECUTE FUNCTION refuse_change('{FINAL}');
CREATE TRIGGER workflows_clockentry_keep BEFORE TRUNCATE ON workflows_clockentry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('{FINAL}');
"""
UNPROTECT = """
DROP TRIGGER workflows_clockentry_is_final ON workflows_clockentry;
DROP TRIGGER workflows_clockentry_keep ON workflows_clockentry;
"""
USER = settings.AUTH_USER_MODEL


def key() -> models.BigAutoField:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def to(model: str, **options: object) -> models.ForeignKey:
    options.setdefault("on_delete", django.db.models.deletion.CASCADE)
    return models.ForeignKey(to=model, **options)


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_append_only"),
        ("departments", "0003_own_days"),
        ("workflows", "0010_summaries_by_language"),
    ]
    operations = [
        migrations.AddField("case", "held_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("case", "held_until", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("workitem", "priority", models.PositiveSmallIntegerField(db_default=0, default=0)),
        migrations.AddField("deadline", "paused_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("deadline", "number", models.PositiveSmallIntegerField(db_default=0, default=0)),
        migrations.AddField("deadline", "attempts", models.PositiveSmallIntegerField(db_default=0, default=0)),
        migrations.AddField("deadline", "retry_at", models.DateTimeField(blank=True, null=True)),
        migrations.AlterField(
            "deadline",
            "kind",
            models.CharField(
                choices=[
                    ("deadline", "Deadline"),
                    ("wait", "Wait"),
                    ("warning", "Warning"),
                    ("hold", "Hold"),
                ],
                max_length=10,
            ),
        ),
        migrations.RunSQL(STOOD, migrations.RunSQL.noop),
        migrations.RemoveIndex("deadline", "deadline_armed"),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveField("deadline", "paused_left_s")]
        ),
        migrations.AddIndex(
            "deadline",
            models.Index(
                condition=models.Q(("cancelled_at", None), ("fired_at", None), ("paused_at", None)),
                fields=["due_at", "id"],
                name="deadline_due",
            ),
        ),
        migrations.AddIndex(
            "case",
            models.Index(
                condition=models.Q(("finished", None)),
                fields=["department", "id"],
                name="case_open_of_department",
            ),
        ),
        migrations.AddIndex(
            "workitem",
            models.Index(
                condition=models.Q(("kind", "person"), ("status", "NEW"), ("priority__gt", 0)),
                fields=["department", "role", "due_at", "id"],
                name="work_raised",
            ),
        ),
        migrations.CreateModel(
            "ClockEntry",
            [
                ("id", key()),
                ("node_key", models.CharField(blank=True, default="", max_length=80)),
                (
                    "verb",
                    models.CharField(
                        choices=[
                            ("started", "Started"),
                            ("changed", "Changed"),
                            ("stopped", "Stopped"),
                            ("running", "Running"),
                            ("recalculated", "Recalculated"),
                            ("warned", "Warned"),
                            ("fired", "Fired"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[("applicant", "Applicant"), ("hold", "Hold")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=0)),
                ("at", models.DateTimeField()),
                ("span", models.JSONField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
                ("calendar", models.CharField(max_length=12)),
                ("note", models.CharField(blank=True, default="", max_length=1000)),
                (
                    "by",
                    to(
                        USER,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                    ),
                ),
                ("case", to("workflows.case", db_index=False, related_name="clock_entries")),
                ("work_item", to("workflows.workitem", blank=True, db_index=False, null=True, related_name="+")),
            ],
            {"indexes": [models.Index(fields=["case", "id"], name="clock_entry_of_case")]},
        ),
        migrations.RunSQL(PROTECT, UNPROTECT),
        migrations.CreateModel(
            "CalendarChange",
            [
                ("id", key()),
                ("mark", models.CharField(max_length=12)),
                ("at", models.DateTimeField()),
                ("round", models.PositiveSmallIntegerField(default=1)),
                ("reached", models.BigIntegerField(default=0)),
                ("cases", models.PositiveIntegerField(default=0)),
                ("moved", models.PositiveIntegerField(default=0)),
                ("lease_until", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "by",
                    to(
                        USER,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                    ),
                ),
                ("department", to("departments.department", related_name="+")),
            ],
            {
                "indexes": [
                    models.Index(
                        condition=models.Q(("finished_at", None)), fields=["at"], name="calendar_change_open"
                    )
                ]
            },
        ),
    ]
