from dataclasses import replace

import pytest

from fulfillment.suppliers.addresses import Recipient, address_problems, label_lines

ADA = Recipient("Ada", "Lovelace", "12 Main St", "Springfield", "12345", "US", region="NY")


@pytest.mark.parametrize(
    "recipient",
    [
        ADA,
        replace(ADA, line2="Apt 4", company="Engines Inc."),
        replace(ADA, first_name="", last_name="Prince"),
        replace(ADA, first_name="Zoë", last_name="Æsir-O’Neill", line1="Łódzka 5/7", city="Besançon (Nº 2)"),
        replace(ADA, country="DE", region="", city="Köln"),
        replace(ADA, city="Zu\u0308rich"),
    ],
)
def test_these_addresses_have_no_problem(recipient):
    assert address_problems(recipient) == []


UNPRINTABLE = "has characters that cannot be printed on a label: only Latin letters can."


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"line1": " "}, "The address has no street."),
        ({"city": ""}, "The address has no city."),
        ({"postal_code": ""}, "The address has no postal code."),
        ({"country": "", "region": ""}, "The address has no country."),
        ({"region": ""}, "The address has no state or province."),
        ({"first_name": "", "last_name": ""}, "The address has no name."),
        ({"city": "東京"}, f"The city {UNPRINTABLE}"),
        ({"line1": "12 Main St 🏠"}, f"The street {UNPRINTABLE}"),
        ({"last_name": "Ada\nLovelace"}, f"The last name {UNPRINTABLE}"),
        ({"line1": "x" * 36}, "The street does not fit on two lines of 35 characters."),
        ({"line1": "Long Road " * 8}, "The street does not fit on two lines of 35 characters."),
        ({"city": "x" * 36}, "The city is longer than 35 characters."),
        ({"first_name": "x" * 30}, "The name is longer than 35 characters."),
    ],
)  # fmt: skip
def test_these_addresses_have_one_problem(change, problem):
    assert address_problems(replace(ADA, **change)) == [problem]


@pytest.mark.parametrize(
    ("company", "line1", "line2", "label"),
    [
        ("", "12 Main St", "", ("12 Main St", "")),
        ("", "12 Main St", "Apt 4", ("12 Main St", "Apt 4")),
        ("Engines Inc.", "12 Main St", "", ("Engines Inc.", "12 Main St")),
        ("Engines Inc.", "12 Main St", "Apt 4", ("Engines Inc., 12 Main St, Apt 4", "")),
        ("", "1234 Old Mill Road West, Building C, Floor 2", "", ("1234 Old Mill Road West, Building", "C, Floor 2")),
        ("", "x" * 36, "", None),
    ],
)
def test_company_and_street_go_on_two_lines(company, line1, line2, label):
    assert label_lines(replace(ADA, company=company, line1=line1, line2=line2)) == label
