"""The database chains every audit entry and refuses to change one.

Plain triggers, not pgtrigger's: those can be switched off by any session that sets `pgtrigger.ignore`. Other rooms
may use refuse_change() for their own immutable tables; its argument is the sentence of the refusal.
"""

from django.db import migrations

# The text that is hashed: each field as "<bytes>:<field>,", in this order. engine/audit/chain.py builds the same.
CHAIN = """
CREATE FUNCTION audit_field(value text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT octet_length(convert_to(coalesce(value, ''), 'UTF8')) || ':' || coalesce(value, '') || ','
$$;

CREATE FUNCTION audit_append() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    written text;
BEGIN
    INSERT INTO audit_chain AS c (chain, position, head) VALUES (NEW.chain, 1, '')
        ON CONFLICT (chain) DO UPDATE SET position = c.position + 1
        RETURNING c.position, c.head INTO NEW.position, NEW.previous_hash;
    written := audit_field('1') || audit_field(NEW.chain) || audit_field(NEW.position::text)
        || audit_field(to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
        || audit_field(NEW.actor_id::text) || audit_field(NEW.actor_note)
        || audit_field(NEW.department_id::text) || audit_field(NEW.verb) || audit_field(NEW.subject)
        || audit_field(NEW.details) || audit_field(NEW.previous_hash);
    NEW.hash := encode(sha256(convert_to(written, 'UTF8')), 'hex');
    UPDATE audit_chain SET head = NEW.hash WHERE chain = NEW.chain;
    RETURN NEW;
END
$$;
CREATE TRIGGER audit_entry_append BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_append();
"""

PROTECTION = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = TG_ARGV[0], TABLE = TG_TABLE_NAME;
END
$$;
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION refuse_change('The audit record is append-only.');
CREATE TRIGGER audit_entry_keep BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('The audit record is append-only.');
CREATE TRIGGER audit_chain_by_entries BEFORE INSERT OR UPDATE ON audit_chain
    FOR EACH ROW WHEN (pg_trigger_depth() = 0)
    EXECUTE FUNCTION refuse_change('A chain is written by its entries only.');
CREATE TRIGGER audit_chain_no_delete BEFORE DELETE ON audit_chain
    FOR EACH ROW EXECUTE FUNCTION refuse_change('A chain is never removed.');
CREATE TRIGGER audit_chain_keep BEFORE TRUNCATE ON audit_chain
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('A chain is never removed.');
"""

BACK = """
DROP TRIGGER audit_entry_append ON audit_entry;
DROP TRIGGER audit_entry_append_only ON audit_entry;
DROP TRIGGER audit_entry_keep ON audit_entry;
DROP TRIGGER audit_chain_by_entries ON audit_chain;
DROP TRIGGER audit_chain_no_delete ON audit_chain;
DROP TRIGGER audit_chain_keep ON audit_chain;
DROP FUNCTION audit_append();
DROP FUNCTION audit_field(text);
DROP FUNCTION refuse_change();
"""


class Migration(migrations.Migration):
    """Chain and protection of the audit record."""

    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(CHAIN + PROTECTION, BACK)]
