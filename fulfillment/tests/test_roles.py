"""Who may do what in the console: every page, every action, every button, for each of the four roles."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.models import User
from billing import switches
from fulfillment.admin.verbs import VERBS
from fulfillment.models import Order
from fulfillment.tests.factories import World

ROLES = ("viewer", "approver", "finance", "admin")
# What may be done with the rows of each model: view, add, change, delete. "-": not even seen.
# fmt: off
PAGES = {
    "account.emailaddress":   ("-", "-", "-", "v"),
    "accounts.accesstoken":   ("-", "-", "-", "v"),
    "accounts.account":       ("v", "v", "v", "vc"),
    "accounts.betaentry":     ("-", "-", "-", "vacd"),
    "accounts.shop":          ("v", "v", "v", "vac"),
    "accounts.user":          ("-", "-", "-", "vac"),
    "auth.group":             ("-", "-", "-", "v"),
    "billing.guardrails":     ("v", "v", "vc", "vc"),
    "billing.price":          ("v", "v", "vacd", "vacd"),
    "billing.rung":           ("v", "v", "vacd", "vacd"),
    "designs.bannedpicture":  ("v", "va", "v", "vac"),
    "designs.flag":           ("-", "v", "-", "v"),
    "designs.format":         ("v", "v", "v", "vac"),
    "designs.modelchoice":    ("v", "v", "v", "vacd"),
    "designs.protectedname":  ("v", "v", "v", "vac"),
    "designs.providermodel":  ("v", "v", "v", "vac"),
    "designs.styletemplate":  ("v", "v", "v", "vac"),
    "fulfillment.route":      ("v", "v", "v", "vacd"),
    "fulfillment.supplieritem": ("v", "v", "v", "vc"),
    "django_q.failure":       ("-", "-", "-", "-"),
    "django_q.ormq":          ("-", "-", "-", "-"),
    "django_q.schedule":      ("-", "-", "-", "-"),
    "django_q.success":       ("-", "-", "-", "-"),
}
# fmt: on
LOOKED_AT = ("v", "v", "v", "v")  # every other model: seen by all, written by the domain alone
# Actions on a list beside the export, which whoever sees the list may press.
ACTIONS = {
    "accounts.accesstoken": {"admin": {"revoke"}},
    "accounts.account": {"admin": {"erase"}},
    "core.inboxevent": {"approver": {"replay"}, "admin": {"replay"}},
    "core.job": {"approver": {"revive"}, "admin": {"revive"}},
    "designs.call": {
        role: {"ask_the_provider", "call_was_made", "call_was_not_made"} for role in ("finance", "admin")
    },
    "designs.flag": {role: {"allow", "refuse", "refuse_and_ban"} for role in ("approver", "admin")},
    "designs.image": {role: {"ban_pictures"} for role in ("approver", "admin")},
    "designs.run": {role: {"pause_runs", "resume_runs", "cancel_runs"} for role in ("approver", "admin")},
    "fulfillment.order": {
        "approver": {"approve_selected", "reject_selected", "ask_selected", "reread_selected"},
        "admin": {
            "approve_selected", "reject_selected", "reject_and_refund_selected", "ask_selected", "reread_selected",
        },
    },
    "fulfillment.printjob": {
        role: {"read_again", "ask_supplier", "produce_again", "cancel"} for role in ("approver", "admin")
    },
    "fulfillment.privacyrequest": {"admin": {"answer_now"}},
}  # fmt: skip
BUTTONS = {
    "approve": {"approver", "admin"},
    "reject": {"approver", "admin"},
    "reject-and-refund": {"admin"},
    "refund": {"finance", "admin"},
    "cancel": {"admin"},
    "reprint": {"approver", "admin"},
    "print-added": {"approver", "admin"},
    "ask": {"approver", "admin"},
    "answer": {"approver", "admin"},
    "reread": {"approver", "admin"},
    "dismiss": {"approver", "admin"},
    "resend": {"approver", "admin"},
}


@pytest.fixture
def roles(db) -> dict[str, User]:
    """One of staff for each role, from the fixture."""
    call_command("loaddata", "roles", verbosity=0)
    people = {role: User.objects.create_user(f"{role}@example.com", is_staff=True) for role in ROLES}
    for role, person in people.items():
        person.groups.add(Group.objects.get(name=role))
    return people


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def asked_by(rf, person: User):
    request = rf.get("/admin/")
    request.user = person
    return request


def may(page: admin.ModelAdmin, request) -> str:
    rights = {
        "v": page.has_view_permission(request),
        "a": page.has_add_permission(request),
        "c": page.has_change_permission(request),
        "d": page.has_delete_permission(request),
    }
    return "".join(letter for letter, allowed in rights.items() if allowed) or "-"


def test_every_page_lets_each_role_do_what_the_table_says(roles, rf):
    pages = {model._meta.label_lower: page for model, page in admin.site._registry.items()}
    found = {
        name: tuple(may(page, asked_by(rf, roles[role])) for role in ROLES) for name, page in sorted(pages.items())
    }

    assert found == {name: PAGES.get(name, LOOKED_AT) for name in sorted(pages)}


def test_every_action_is_offered_to_whom_the_table_says(roles, rf):
    found = {}
    for model, page in admin.site._registry.items():
        for role in ROLES:
            request = asked_by(rf, roles[role])
            seen = page.has_view_permission(request)
            offered = set(page.get_actions(request)) - {"export_csv", "delete_selected"} if seen else set()
            if offered:
                found.setdefault(model._meta.label_lower, {})[role] = offered

    assert found == ACTIONS


@pytest.mark.parametrize("role", ROLES)
def test_lists_that_a_role_may_not_see_are_refused(roles, role):
    client, wrong = client_of(roles[role]), []
    for model in admin.site._registry:
        name = model._meta.label_lower
        status = client.get(reverse(f"admin:{name.replace('.', '_')}_changelist")).status_code
        seen = PAGES.get(name, LOOKED_AT)[ROLES.index(role)] != "-"
        if (status in (200, 302)) != seen:
            wrong.append((name, status))

    assert wrong == []


def test_every_button_is_for_whom_the_table_says(roles, world: World):
    order = world.order()
    found = {
        verb: {
            role
            for role in ROLES
            # Without what the form asks for: whoever may press it is told so, and nothing happens.
            if client_of(roles[role]).post(f"/admin/fulfillment/order/{order.pk}/act/{verb}/").status_code != 403
        }
        for verb in VERBS
        if verb not in ("approve", "reread")
    }

    assert found == {verb: roles for verb, roles in BUTTONS.items() if verb in found}
    assert Order.objects.get(pk=order.pk).state == "held"


@pytest.mark.parametrize("verb", ["approve", "reread"])
@pytest.mark.parametrize("role", ROLES)
def test_a_button_that_asks_for_nothing(roles, world: World, role, verb):
    order = world.order()

    status = client_of(roles[role]).post(f"/admin/fulfillment/order/{order.pk}/act/{verb}/").status_code

    assert (status == 302) == (role in BUTTONS[verb])


def test_only_who_edits_the_guardrails_throws_switches(roles):
    pressed = {
        role: client_of(roles[role]).post(reverse("admin:switch", args=["paid-calls"]), {"stopped": "no"}).status_code
        for role in ROLES
    }

    assert pressed == {"viewer": 403, "approver": 403, "finance": 302, "admin": 302}
    assert switches.history().count() == 0


@pytest.mark.parametrize("role", ROLES)
def test_everybody_of_staff_has_a_start_page_and_support(roles, role):
    client = client_of(roles[role])

    assert client.get("/admin/").status_code == 200
    assert client.get(reverse("admin:support")).status_code == 200


def test_who_manages_people_cannot_become_more_than_he_is(roles):
    client, above = client_of(roles["admin"]), User.objects.create_superuser("root@example.com", "correct horse")
    mine = reverse("admin:accounts_user_change", args=[roles["admin"].pk])
    body = {"email": "admin@example.com", "is_active": "on", "is_staff": "on", "is_superuser": "on"}

    client.post(mine, body)
    taken = client.post(reverse("admin:accounts_user_change", args=[above.pk]), {"email": "mine@example.com"})
    password = client.get(reverse("admin:auth_user_password_change", args=[above.pk]))

    roles["admin"].refresh_from_db()
    assert (roles["admin"].is_superuser, roles["admin"].user_permissions.count()) == (False, 0)
    assert (taken.status_code, password.status_code) == (403, 403)


def test_loading_the_roles_again_gives_them_what_the_fixture_says(roles):
    Group.objects.get(name="viewer").permissions.clear()

    call_command("loaddata", "roles", verbosity=0)

    assert Group.objects.count() == 4
    assert Group.objects.get(name="viewer").permissions.filter(codename="view_order").exists()
