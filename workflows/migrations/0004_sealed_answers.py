"""What was sent in may be sealed anew under another key, and nothing else of it may change.

The database can not look into a sealed answer. It sees that the proof of the answer, and everything beside
it, stays the same; whether the new text opens to what the proof stands for is looked at by whoever opens it.
"""

from django.db import migrations, models

FINAL = "What was sent in is never changed."
RESEALING = """
CREATE FUNCTION without_sealed_text(answers jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(jsonb_object_agg(key, CASE
        WHEN jsonb_typeof(value #> '{~sealed,text}') = 'string'
            AND jsonb_typeof(value #> '{~sealed,key}') = 'string'
        THEN value #- '{~sealed,text}' #- '{~sealed,key}' ELSE value END), '{}'::jsonb)
    FROM jsonb_each(answers)
$$;
CREATE FUNCTION refuse_all_but_resealing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - 'answers' = to_jsonb(OLD) - 'answers' AND NEW.answers <> OLD.answers
        AND without_sealed_text(NEW.answers) = without_sealed_text(OLD.answers) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = TG_ARGV[0], TABLE = TG_TABLE_NAME;
END
$$;
DROP TRIGGER workflows_submission_is_final ON workflows_submission;
CREATE TRIGGER workflows_submission_is_final BEFORE UPDATE ON workflows_submission
    FOR EACH ROW EXECUTE FUNCTION refuse_all_but_resealing('FINAL');
CREATE TRIGGER workflows_submission_stays BEFORE DELETE ON workflows_submission
    FOR EACH ROW EXECUTE FUNCTION refuse_change('FINAL');
""".replace("FINAL", FINAL)
BACK = f"""
DROP TRIGGER workflows_submission_stays ON workflows_submission;
DROP TRIGGER workflows_submission_is_final ON workflows_submission;
CREATE TRIGGER workflows_submission_is_final BEFORE UPDATE OR DELETE ON workflows_submission
    FOR EACH ROW EXECUTE FUNCTION refuse_change('{FINAL}');
DROP FUNCTION refuse_all_but_resealing();
DROP FUNCTION without_sealed_text(jsonb);
"""


class Migration(migrations.Migration):
    """Prefilled answers, and the trigger that lets keys change."""

    dependencies = [("workflows", "0003_final_rows")]
    operations = [
        migrations.AddField("draft", "prefilled", models.JSONField(default=dict)),
        migrations.AddField("submission", "prefilled", models.JSONField(default=dict)),
        migrations.RunSQL(RESEALING, BACK),
    ]
