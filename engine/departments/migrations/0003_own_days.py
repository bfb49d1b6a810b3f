"""Own days carry a name and opening times; the column of the release before stays until the next one."""

from django.db import migrations, models

import engine.departments.validation

COPY = """
UPDATE departments_department SET own_days = (
    SELECT coalesce(jsonb_agg(jsonb_build_object('day', day, 'name', '', 'open', '[]'::jsonb)), '[]'::jsonb)
    FROM jsonb_array_elements_text(own_holidays) AS day
)
WHERE own_holidays <> '[]'::jsonb
"""


class Migration(migrations.Migration):
    dependencies = [("departments", "0002_managers")]
    operations = [
        migrations.AddField(
            model_name="department",
            name="own_days",
            field=models.JSONField(
                blank=True, default=list, validators=[engine.departments.validation.own_days]
            ),
        ),
        migrations.RunSQL(
            "ALTER TABLE departments_department ALTER COLUMN own_days SET DEFAULT '[]'::jsonb;"
            "ALTER TABLE departments_department ALTER COLUMN own_holidays SET DEFAULT '[]'::jsonb",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(COPY, migrations.RunSQL.noop),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveField(model_name="department", name="own_holidays")]
        ),
    ]
