"""The shop's delivery profiles as rates by country: what is flat, active and by price; nothing a carrier reckons."""

from cardmaker.core.money import Money
from fulfillment.shopify.delivery import Rate, rates_of

USD = "USD"


def method(name, price="4.90", *, active=True, conditions=()):
    rate = {} if price is None else {"price": {"amount": price, "currencyCode": USD}}
    return {"name": name, "active": active, "methodConditions": list(conditions), "rateProvider": rate}


def condition(field, operator, amount):
    criteria = {"amount": amount, "currencyCode": USD} if field == "TOTAL_PRICE" else {}
    return {"field": field, "operator": operator, "conditionCriteria": criteria}


def profile(*methods, countries=("US",), default=True):
    codes = [{"code": {"countryCode": code or None, "restOfWorld": not code}} for code in countries]
    zone = {"zone": {"countries": codes}, "methodDefinitions": {"nodes": list(methods)}}
    return {"default": default, "profileLocationGroups": [{"locationGroupZones": {"nodes": [zone]}}]}


def test_every_country_of_a_zone_gets_its_rates():
    assert rates_of([profile(method("Standard"), countries=("US", ""))]) == [
        Rate("US", "Standard", Money(490, USD)),
        Rate("", "Standard", Money(490, USD)),
    ]


def test_what_has_no_fixed_price_here_is_left_out():
    by_weight = method("Heavy", conditions=[condition("TOTAL_WEIGHT", "GREATER_THAN_OR_EQUAL_TO", "")])

    assert rates_of([profile(method("Carrier", None), method("Off", active=False), by_weight)]) == []
    assert rates_of([profile(method("Other"), default=False)]) == []


def test_the_goods_total_bounds_a_rate():
    bounds = [
        condition("TOTAL_PRICE", "GREATER_THAN_OR_EQUAL_TO", "20.00"),
        condition("TOTAL_PRICE", "LESS_THAN_OR_EQUAL_TO", "99.99"),
    ]

    (rate,) = rates_of([profile(method("Free", "0.00", conditions=bounds))])

    assert (rate.least_minor, rate.most_minor) == (2000, 9999)
