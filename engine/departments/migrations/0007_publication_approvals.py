"""By how many colleagues a publication must be approved; nobody at first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("departments", "0006_document_regions")]
    operations = [
        migrations.AddField(
            model_name="department",
            name="publication_approvals",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
    ]
