"""Every text column of the database has a fate when somebody is erased, and is here with it.

A new column fails the first test until somebody has thought about it. The second fills every column that is said to be
emptied, erases, and looks for what was written in every table there is.
"""

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import models
from django.db.models import fields as columns
from django.utils import timezone

from accounts import lifecycle
from accounts.models import Account, User
from cardmaker.core.models import Event
from designs.models import Page, Photo, ProductBrief, RawInput, Upload
from designs.screening import flags
from designs.screening.verdict import Concern
from designs.tests.factories import CallFactory, ImageFactory, RunFactory
from fulfillment.models import Feedback, FeedbackEntry, Order, Question, Rating
from fulfillment.tests.factories import NOON, a_world

MARK = "zebra-quartz"
# Deleted or emptied, at once or by the jobs that erasing queues.
GONE = {
    "account.EmailAddress": "email",
    "accounts.User": "email password",
    "designs.Design": "title calendar",
    "designs.Page": "prompt words lettering crop position",
    "designs.Photo": "file display_file thumb_file sha256 source_sha256 faces advice phash withheld",
    "designs.ProductBrief": "source_key name description attributes shop_product_id",
    "designs.ComparisonSet": "label origins",
    "designs.Proof": "snapshot warnings",
    "designs.PagePreview": "digest file lost warnings",
    "designs.Run": "instruction notices notify_email positions error_code error_message",
    "designs.Call": "request error position hops",
    "designs.Image": "description recipe sights file display_file thumb_file sha256 phash withheld position",
    "designs.Flag": "excerpt",
    "designs.RawInput": "subject text",
    "designs.Upload": "metadata error",
    "fulfillment.Order": "email email_key address country",
    "fulfillment.Feedback": "message email reference",
    "fulfillment.FeedbackEntry": "text",
    "fulfillment.Question": "text answer",
    "fulfillment.Rating": "comment",
}
# Goes by itself: with the picture or design that it hangs on, or within a set time. Deliveries go after a month,
# sessions and keys after days, tokens a month after they expired.
GOES_BY_ITSELF = {
    "account.EmailConfirmation": "key",
    "accounts.AccessToken": "digest",
    "accounts.Account": "device_key network_key",
    "accounts.Bucket": "key",
    "accounts.SpentProof": "nonce",
    "core.IdempotencyKey": "scope key body_digest answer location",
    "core.InboxEvent": "source external_id topic shop_domain payload then last_error",
    "designs.ComparisonEvent": "key",
    "designs.Export": "images places ground",
    "designs.ExportedFile": "place name file problem",
    "designs.Shot": "options",
    "designs.UploadPiece": "file",
    "fulfillment.Cart": "lines url",
    "fulfillment.Checkout": "url cart_line error",
    "fulfillment.Draft": "refs mockups leftovers error token",
    "fulfillment.PublishedPicture": "product_gid alt file media_gid error",
    "fulfillment.PrivacyRequest": "delivery subject_digest told done done_by note answer",
    "sessions.Session": "session_key session_data",
}
# Stays for the books, for the printer's claims, or as history of what ops did: keys, codes, amounts, staff's own words.
STAYS = {
    "admin.LogEntry": "object_id object_repr change_message",
    "billing.Budget": "scope_key zone",
    "billing.Hold": "key",
    "billing.HoldMove": "key",
    "billing.LedgerEntry": "key provider model request_id reason original_amount original_currency rate",
    "billing.Quota": "subject action",
    "core.Change": "by subject field old new",
    "core.Event": "name subject facts",
    "core.Job": "kind subject lane worker last_error",
    "accounts.Account": "zone",
    "designs.Call": "provider model provider_ref",
    "designs.Flag": "reason decided_by",
    "designs.Image": "provider model model_version prompt_digest",
    "designs.PrintFile": "position file preview_file sha256",
    "designs.Proof": "withheld country digest error",
    "designs.Run": "hold_key idempotency_key",
    "fulfillment.Approval": "proof_digest approved_by checks",
    "fulfillment.Cancellation": "note actor last_error",
    "fulfillment.FeedbackEntry": "before after by",
    "fulfillment.FileServe": "sha256",
    "fulfillment.Order": "external_ref name reasons currency financial_status source",
    "fulfillment.OrderLine": "external_ref title proof_digest problem",
    "fulfillment.PrintJob": "reference supplier_ref hold_key currency token last_error",
    "fulfillment.PrintJobLine": "proof_digest",
    "fulfillment.Question": "asked_by noted_by",
    "fulfillment.Refund": "lines currency note actor plan shop_ref last_error",
    "fulfillment.Shipment": "carrier tracking_number tracking_url line_refs shopify_fulfillment_id",
    "fulfillment.Transition": "before after note actor",
}
# Says nothing about a person: our own rows, a merchant's shop, machinery.
OURS = frozenset(
    name
    for line in (
        "auth.Permission auth.Group contenttypes.ContentType django_q.Task django_q.Schedule django_q.OrmQ",
        "core.Period core.Beat core.OutsideHour accounts.Shop accounts.ShopToken accounts.BetaEntry",
        "billing.Guardrails billing.Price designs.Format designs.StyleTemplate designs.PrintSpec",
        "designs.ProviderModel designs.ModelHealth designs.ShotOption designs.ProtectedName designs.BannedPicture",
        "fulfillment.SupplierItem fulfillment.Route fulfillment.ProofRoute fulfillment.Product",
        "fulfillment.Listing fulfillment.DeliveryOption fulfillment.ShippingQuote fulfillment.OrderCursor",
        "fulfillment.ShopPoints core.Reckoning",
    )
    for name in line.split()
)
# The rows of these are deleted whole, or emptied where the books hold on to them.
OWNED = [label for label in GONE if label.startswith("designs.")]


def text_columns(model):
    kinds = (columns.CharField, columns.TextField, models.JSONField, columns.GenericIPAddressField)
    return [field for field in model._meta.local_fields if isinstance(field, kinds) and not field.choices]


def listed(table, label):
    return set(table.get(label, "").split())


def test_every_text_column_has_a_fate():
    unnamed = {}
    for model in apps.get_models():
        label = model._meta.label
        named = listed(GONE, label) | listed(GOES_BY_ITSELF, label) | listed(STAYS, label)
        left = {field.name for field in text_columns(model)} - named
        if left and label not in OURS:
            unnamed[label] = sorted(left)

    assert unnamed == {}


def test_no_fate_is_that_of_a_column_which_is_gone():
    there = {model._meta.label: {field.name for field in text_columns(model)} for model in apps.get_models()}
    stale = {
        label: sorted(set(names.split()) - there.get(label, set()))
        for table in (GONE, GOES_BY_ITSELF, STAYS)
        for label, names in table.items()
        if set(names.split()) - there.get(label, set())
    }

    assert (stale, sorted(OURS - set(there))) == ({}, [])


@pytest.fixture
def somebody(db):
    """A person with one row of everything that names people. Nobody else is there: every row is theirs."""
    world = a_world()
    user = User.objects.create_user(f"{MARK}@example.com", "a long pass phrase")
    user.emailaddress_set.create(email=user.email)
    Account.objects.filter(pk=world.account.pk).update(kind="person", user=user)
    order, design, shop = world.order(), world.proof.design, world.proof.shop
    run = RunFactory(design=design, shop=shop)
    ImageFactory(
        design=design, shop=shop, call=CallFactory(run=run, outcome="answered", sent_at=NOON, answered_at=NOON)
    )
    Page.objects.get_or_create(design=design, position="front")
    owner = {"account": world.account, "shop": shop}
    Photo.objects.create(**owner, design=design, width_px=9, height_px=9)
    Upload.objects.create(**owner, length=9, expires_at=NOON)
    RawInput.objects.create(account=world.account, subject=MARK, text=MARK)
    design.previews.create(width_px=9, height_px=9, created_at=NOON)
    ProductBrief.objects.create(account=world.account, design=design, name=MARK, created_at=NOON)
    design.comparison_sets.create(label=MARK, created_at=NOON)
    concern = [Concern("profanity", MARK)]
    flags.flag("proof", world.proof.pk, concern, account_id=world.account.pk, design_id=design.pk, at=NOON)
    Question.objects.create(order=order, text=MARK, answer=MARK, answered_at=NOON, asked_by="7", noted_by="7")
    Rating.objects.create(order=order, account=world.account, comment=MARK)
    message = Feedback.objects.create(account=world.account, message=MARK)
    FeedbackEntry.objects.create(feedback=message, text=MARK, at=NOON)
    Order.objects.filter(pk=order.pk).update(state="delivered", address={"line1": MARK}, email=f"{MARK}@example.com")
    return world.account


def fill(label):
    """Write the mark into every column of this table that is said to be emptied."""
    model = apps.get_model(label)
    for field in text_columns(model):
        if field.name in listed(GONE, label):
            write(model, field)


def write(model, field):
    if field.unique or field.name in ("password", "country", "sha256", "digest", "lost", "email_key"):
        return
    structured = isinstance(field, models.JSONField)
    value = {"said": MARK} if structured else MARK[: field.max_length or 99]
    if model._meta.label == "designs.Proof":
        # Frozen since it was ready: what it says was in it from the start.
        return
    model.objects.update(**{field.name: value})


def rows_with_the_mark():
    found = []
    for model in apps.get_models():
        names = [field.name for field in text_columns(model)]
        for row in model._default_manager.values(*names) if names else []:
            found += [f"{model._meta.label}.{name}" for name in names if MARK in json.dumps(row[name], default=str)]
    return sorted(set(found))


def test_nothing_that_somebody_wrote_is_left_after_erasing(somebody, drain):
    for label in GONE:
        assert apps.get_model(label).objects.exists(), f"{label}: make a row, so that the walk is whole"
        fill(label)
    assert len(rows_with_the_mark()) > 40

    lifecycle.erase(Account.objects.get(pk=somebody.pk), at=timezone.now())
    drain()

    assert rows_with_the_mark() == []


def test_what_is_exported_holds_what_was_written(somebody):
    for label in OWNED:
        fill(label)
    told = json.dumps(lifecycle.export(Account.objects.get(pk=somebody.pk)), default=str)

    assert told.count(MARK) >= 15
    assert Event.objects.filter(at__gt=timezone.now() - timedelta(days=1)).exists()
