"""The short path knows the budgets of a guest's device and network; they are locked in the order of `billing.caps`."""

from importlib import import_module

from django.db import migrations

RESERVE = """
CREATE OR REPLACE FUNCTION billing_reserve(
    p_id uuid, p_key text, p_meter text, p_amount bigint, p_account uuid, p_shop uuid, p_at timestamptz, p_places int
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    who accounts_account%ROWTYPE;
    wanted bigint[];
    one bigint;
    due boolean := false;
    reached boolean;
BEGIN
    SELECT * INTO who FROM accounts_account WHERE id = p_account;
    IF who.kind <> 'guest' OR p_meter <> 'ai' THEN
        who.device_key := '';
        who.network_key := '';
    END IF;
    SELECT array_agg(id ORDER BY CASE scope WHEN 'device' THEN 1 WHEN 'account' THEN 2 WHEN 'network' THEN 3
                                            WHEN 'shop' THEN 4 ELSE 5 END, period) INTO wanted
    FROM billing_budget
    WHERE meter = p_meter
      AND (scope, scope_key) IN (('account', p_account::text), ('shop', p_shop::text), ('platform', ''),
                                 ('device', NULLIF(who.device_key, '')), ('network', NULLIF(who.network_key, '')))
      AND starts_on = date_trunc(period, p_at AT TIME ZONE zone)::date
      AND starts_on > p_at::date - 33;
    IF cardinality(wanted) IS DISTINCT FROM
            p_places + (who.device_key <> '')::int + (who.network_key <> '')::int THEN
        RETURN NULL;
    END IF;
    INSERT INTO billing_hold (id, created_at, key, meter, amount_micros, open_micros, spent_micros, state,
                              account_id, shop_id, reserved_at)
    VALUES (p_id, p_at, p_key, p_meter, p_amount, p_amount, 0, 'reserved', p_account, p_shop, p_at);
    INSERT INTO billing_hold_budgets (hold_id, budget_id) SELECT p_id, unnest(wanted);
    FOREACH one IN ARRAY wanted LOOP
        UPDATE billing_budget SET reserved_micros = reserved_micros + p_amount
        WHERE id = one AND (cap_micros IS NULL OR cap_micros >= spent_micros + reserved_micros + p_amount)
        RETURNING alert_at_micros <= spent_micros + reserved_micros INTO reached;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'not this way';
        END IF;
        due := due OR COALESCE(reached, false);
    END LOOP;
    RETURN due;
EXCEPTION WHEN raise_exception OR unique_violation THEN
    RETURN NULL;
END $$
"""

SETTLE = """
CREATE OR REPLACE FUNCTION billing_settle(
    p_hold text, p_key text, p_share bigint, p_actual bigint, p_kind text, p_provider text, p_model text,
    p_units numeric, p_request text, p_original text, p_currency text, p_rate text, p_at timestamptz,
    OUT o_entry bigint, OUT o_hold uuid, OUT o_meter text, OUT o_account uuid, OUT o_shop uuid, OUT o_due boolean
) LANGUAGE plpgsql AS $$
DECLARE
    held billing_hold%ROWTYPE;
    share bigint;
    one bigint;
    reached boolean;
BEGIN
    SELECT * INTO held FROM billing_hold WHERE key = p_hold FOR NO KEY UPDATE;
    IF NOT FOUND OR EXISTS (SELECT 1 FROM billing_holdmove WHERE key = p_key) THEN
        RETURN;
    END IF;
    share := LEAST(p_share, held.open_micros);
    INSERT INTO billing_holdmove (hold_id, key, kind, share_micros, actual_micros, at)
    VALUES (held.id, p_key, 'settle', share, p_actual, p_at);
    INSERT INTO billing_ledgerentry (key, meter, kind, provider, model, units, request_id, reason, amount_micros,
                                     original_amount, original_currency, rate, account_id, shop_id, hold_id, at)
    VALUES (p_key, held.meter, p_kind, p_provider, p_model, p_units, p_request, '', p_actual,
            p_original, p_currency, p_rate, held.account_id, held.shop_id, held.id, p_at)
    RETURNING id INTO o_entry;
    UPDATE billing_hold SET open_micros = open_micros - share, spent_micros = spent_micros + p_actual,
                            state = CASE WHEN open_micros = share THEN 'settled' ELSE state END
    WHERE id = held.id;
    o_due := false;
    FOR one IN SELECT b.id FROM billing_hold_budgets AS link JOIN billing_budget AS b ON b.id = link.budget_id
               WHERE link.hold_id = held.id
               ORDER BY CASE b.scope WHEN 'device' THEN 1 WHEN 'account' THEN 2 WHEN 'network' THEN 3
                                     WHEN 'shop' THEN 4 ELSE 5 END, b.period
    LOOP
        UPDATE billing_budget SET
            reserved_micros = reserved_micros - share,
            spent_micros = spent_micros + p_actual,
            ceiling_micros = CASE WHEN cap_micros < spent_micros + reserved_micros + p_actual - share
                                  THEN spent_micros + reserved_micros + p_actual - share ELSE cap_micros END,
            overrun = COALESCE(cap_micros < spent_micros + reserved_micros + p_actual - share, false)
        WHERE id = one
        RETURNING alert_at_micros <= spent_micros + reserved_micros INTO reached;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'not this way';
        END IF;
        o_due := o_due OR COALESCE(reached, false);
    END LOOP;
    o_hold := held.id; o_meter := held.meter; o_account := held.account_id; o_shop := held.shop_id;
EXCEPTION WHEN raise_exception OR unique_violation THEN
    o_entry := NULL;
END $$
"""


def install(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(RESERVE, params=None)
        schema_editor.execute(SETTLE, params=None)  # no values: % is PL/pgSQL here


def put_back(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        before = import_module("billing.migrations.0003_short_path_on_postgresql")
        for statement in (before.RESERVE, before.SETTLE):
            schema_editor.execute(statement.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"), params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0005_soft_caps_networks_and_weeks"),
        ("accounts", "0003_where_a_guest_came_from"),
    ]

    operations = [migrations.RunPython(install, put_back)]
