"""What the API shows of proofs, checkouts and carts, and what it takes. `...In` only validate, `...Out` only show."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cardmaker.core.links import sign_file
from cardmaker.core.money import Money
from designs.models import Proof
from designs.screening.pictures import withheld_message
from fulfillment.api.money_shapes import MoneyOut
from fulfillment.api.page_shapes import first_page_link, pages_of
from fulfillment.models import Cart, Checkout, DeliveryOption, Draft
from fulfillment.sales import caldates, carts, offers

PRINTED_BY_SUPPLIER = "Printed by the supplier: the month grid"


class ProofIn(serializers.Serializer[Any]):
    format = serializers.SlugField()
    country = serializers.RegexField(r"^[A-Za-z]{2}$", error_messages={"invalid": "Give a two-letter country code."})


class WarningOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    level = serializers.ChoiceField(choices=["info", "warn", "block"])
    message = serializers.CharField()
    position = serializers.CharField(allow_blank=True)


class RouteOut(serializers.Serializer[Any]):
    supplier = serializers.CharField(source="item.supplier")
    item = serializers.CharField(source="item.sku")
    title = serializers.CharField(source="item.title")
    country = serializers.CharField()
    reason = serializers.CharField()
    assumed = serializers.BooleanField(source="item.assumed")


class MockupOut(serializers.Serializer[Any]):
    url = serializers.CharField()


class DraftOut(serializers.Serializer[Draft]):
    """What the supplier adds to our files itself, in its own pictures; links live at most fifteen minutes."""

    state = serializers.ChoiceField(choices=Draft.State.choices)
    label = serializers.SerializerMethodField()  # type: ignore[assignment]  # a field here, not the field's own label
    mockups = serializers.SerializerMethodField()
    error = serializers.CharField(allow_blank=True)

    def get_label(self, draft: Draft) -> str:
        return PRINTED_BY_SUPPLIER

    @extend_schema_field(MockupOut(many=True))
    def get_mockups(self, draft: Draft) -> list[dict[str, str]]:
        at = timezone.now()
        shown = draft.mockups if draft.shows_mockups and not draft.proof.withheld else []
        return [{"url": sign_file(mockup["file"], at=at, content_type="image/webp")} for mockup in shown]


class DatesOut(serializers.Serializer[Any]):
    """A calendar's months: to be confirmed with `confirm_dates` at checkout."""

    year = serializers.IntegerField()
    start_month = serializers.IntegerField()
    text = serializers.CharField()


class DeliveryOut(serializers.Serializer[DeliveryOption]):
    service = serializers.CharField()
    price = serializers.SerializerMethodField()

    @extend_schema_field(MoneyOut)
    def get_price(self, option: DeliveryOption) -> dict[str, Any]:
        return dict(MoneyOut(Money(option.amount_minor, option.currency)).data)


class OfferIn(serializers.Serializer[Any]):
    quantity = serializers.IntegerField(default=1, min_value=1, max_value=10_000)
    service = serializers.CharField(default="", allow_blank=True, max_length=80)


class OfferOut(serializers.Serializer[offers.Offer]):
    """What the shop's checkout will charge. `options` null: the shop tells its delivery rates at the checkout only."""

    item = serializers.CharField(source="item.title")
    country = serializers.CharField()
    quantity = serializers.IntegerField()
    unit_price = MoneyOut(source="unit")
    goods = MoneyOut()
    options = DeliveryOut(many=True, allow_null=True)
    service = serializers.CharField(source="delivery.service", default="")
    shipping = MoneyOut(allow_null=True)
    total = MoneyOut(allow_null=True)
    is_sold = serializers.BooleanField()
    message = serializers.CharField(allow_blank=True)


class ProofOut(serializers.Serializer[Proof]):
    id = serializers.UUIDField()
    design = serializers.UUIDField(source="design_id")
    state = serializers.ChoiceField(choices=Proof.State.choices)
    format = serializers.CharField(source="format_id")
    country = serializers.CharField()
    digest = serializers.CharField(allow_blank=True)
    min_dpi = serializers.IntegerField(allow_null=True)
    warnings = WarningOut(many=True)
    pages = serializers.SerializerMethodField()
    route = RouteOut()
    draft = serializers.SerializerMethodField()
    dates = serializers.SerializerMethodField()
    price = serializers.SerializerMethodField()
    offer = serializers.SerializerMethodField()
    error = serializers.CharField(allow_blank=True)
    withheld = serializers.SerializerMethodField(help_text="Why there are no pictures of its pages; else empty.")
    created_at = serializers.DateTimeField()

    def get_withheld(self, proof: Proof) -> str:
        return withheld_message(proof.withheld) if proof.withheld else ""

    def get_pages(self, proof: Proof) -> list[dict[str, Any]]:
        return pages_of(proof, at=timezone.now())

    @extend_schema_field(DraftOut(allow_null=True))
    def get_draft(self, proof: Proof) -> dict[str, Any] | None:
        """None where our files are all there is to see."""
        item = proof.route.item
        found = [draft for draft in proof.drafts.all() if draft.item_id == item.pk and item.draws_grid]
        return dict(DraftOut(found[0]).data) if found else None

    @extend_schema_field(DatesOut(allow_null=True))
    def get_dates(self, proof: Proof) -> dict[str, Any] | None:
        dates = caldates.of(proof)
        return dict(DatesOut(dates).data) if dates else None

    @extend_schema_field(OfferOut)
    def get_offer(self, proof: Proof) -> dict[str, Any]:
        return dict(OfferOut(self.offer_for(proof)).data)

    @extend_schema_field(MoneyOut)
    def get_price(self, proof: Proof) -> dict[str, Any]:
        return dict(MoneyOut(self.offer_for(proof).unit).data)

    def offer_for(self, proof: Proof) -> offers.Offer:
        """For one piece; reckoned once for both fields."""
        known: dict[Any, offers.Offer] = self.__dict__.setdefault("_offers", {})
        if proof.pk not in known:
            known[proof.pk] = offers.offer_of(proof, quantity=1, at=timezone.now())
        return known[proof.pk]


class CheckoutIn(serializers.Serializer[Any]):
    quantity = serializers.IntegerField(default=1)
    show_picture = serializers.BooleanField(default=True)
    accept_warnings = serializers.BooleanField(default=False)
    confirm_dates = serializers.BooleanField(default=False, help_text="A calendar: its months are the right ones.")


class CheckoutOut(serializers.Serializer[Checkout]):
    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=Checkout.State.choices)
    quantity = serializers.IntegerField()
    checkout_url = serializers.CharField(source="url", allow_blank=True)
    cart_line = serializers.JSONField()
    error = serializers.CharField(allow_blank=True)


class CartLineIn(serializers.Serializer[Any]):
    checkout = serializers.UUIDField()
    quantity = serializers.IntegerField(default=None, min_value=1, max_value=10_000, allow_null=True)


class CartIn(serializers.Serializer[Any]):
    """`lines`, or `checkouts` for lines with the copies that each was started with."""

    lines = serializers.ListField(child=CartLineIn(), max_length=carts.MOST_LINES, required=False)
    checkouts = serializers.ListField(child=serializers.UUIDField(), max_length=carts.MOST_LINES, required=False)


class CartLineOut(serializers.Serializer[carts.Line]):
    """`price_was`: what a piece cost when it was put in, where the price has changed since."""

    checkout = serializers.UUIDField(source="checkout.pk")
    proof = serializers.UUIDField(source="checkout.product.proof_id")
    title = serializers.CharField(source="checkout.product.title")
    quantity = serializers.IntegerField()
    unit_price = MoneyOut(source="unit")
    total = MoneyOut()
    price_was = MoneyOut(source="was", allow_null=True)
    picture_url = serializers.SerializerMethodField()
    cart_line = serializers.JSONField(source="checkout.cart_line")

    def get_picture_url(self, line: carts.Line) -> str:
        return first_page_link(line.checkout.product.proof)


class CartOut(serializers.Serializer[Cart]):
    """`checkout_url` leads to the shop's checkout with exactly these lines; empty for an empty cart."""

    id = serializers.UUIDField()
    checkout_url = serializers.CharField(source="url", allow_blank=True)
    lines = serializers.SerializerMethodField()
    quantity = serializers.SerializerMethodField()
    ordered_at = serializers.DateTimeField(allow_null=True)

    @extend_schema_field(CartLineOut(many=True))
    def get_lines(self, cart: Cart) -> list[dict[str, Any]]:
        return [dict(CartLineOut(line).data) for line in carts.lines_of(cart)]

    def get_quantity(self, cart: Cart) -> int:
        return sum(line["quantity"] for line in cart.lines)
