from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workflows', '0015_archived_cases'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='stands_at',
            field=models.CharField(blank=True, db_default='', default='', max_length=80),
        ),
        migrations.AlterField(
            model_name='workitem',
            name='kind',
            field=models.CharField(choices=[('person', 'Person'), ('applicant', 'Applicant'), ('system', 'System'), ('event', 'Event'), ('after', 'After')], max_length=10),
        ),
    ]
