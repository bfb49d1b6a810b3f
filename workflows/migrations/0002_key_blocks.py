from django.db import migrations

BLOCK = 64  # as workflows.unit.keys takes them


class Migration(migrations.Migration):
    """Lets the keys of cases and work items be taken in blocks."""

    dependencies = [("workflows", "0001_initial")]

    operations = [
        migrations.RunSQL(
            f"ALTER SEQUENCE {table}_id_seq INCREMENT BY {BLOCK}",
            f"ALTER SEQUENCE {table}_id_seq INCREMENT BY 1",
        )
        for table in ("workflows_case", "workflows_workitem")
    ]
