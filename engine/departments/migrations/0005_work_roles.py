
import django.db.models.deletion
import engine.departments.validation
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('departments', '0004_absences'),
    ]

    operations = [
        migrations.CreateModel(
            name='WorkRole',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=60)),
                ('title', models.JSONField(validators=[engine.departments.validation.localised])),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='work_roles', to='departments.department')),
            ],
            options={
                'ordering': ('key',),
                'constraints': [models.UniqueConstraint(fields=('department', 'key'), name='work_role_once_in_department')],
            },
        ),
    ]
