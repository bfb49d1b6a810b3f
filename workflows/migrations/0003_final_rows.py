"""The database refuses to change a published version or what was sent in; see audit 0002 for why plain triggers."""

from django.db import migrations

FINAL = {
    "workflows_serviceversion": "A published version is never changed. Publish a new one.",
    "workflows_submission": "What was sent in is never changed.",
}


def protect(table: str, sentence: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_is_final BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION refuse_change('{sentence}');"
        f"CREATE TRIGGER {table}_keep BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('{sentence}');",
        f"DROP TRIGGER {table}_is_final ON {table}; DROP TRIGGER {table}_keep ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [("workflows", "0002_key_blocks"), ("audit", "0002_append_only")]
    operations = [protect(table, sentence) for table, sentence in FINAL.items()]
