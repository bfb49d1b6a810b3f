
import django.contrib.postgres.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('departments', '0005_work_roles'),
        ('workflows', '0011_clocks'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='workitem',
            name='other_roles',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None),
        ),
        # the release before this one goes on writing work items while this one starts
        migrations.RunSQL(
            "ALTER TABLE workflows_workitem ALTER COLUMN other_roles SET DEFAULT '{}'",
            "ALTER TABLE workflows_workitem ALTER COLUMN other_roles DROP DEFAULT",
        ),
        migrations.AlterField(
            model_name='workitem',
            name='role',
            field=models.CharField(blank=True, default='', max_length=60),
        ),
        migrations.AddIndex(
            model_name='workitem',
            index=models.Index(condition=models.Q(('kind', 'person'), ('status', 'NEW'), models.Q(('other_roles', []), _negated=True)), fields=['department', 'due_at', 'id'], name='work_shared'),
        ),
    ]
