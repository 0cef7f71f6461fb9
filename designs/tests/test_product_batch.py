import pytest
from django.core.management import CommandError, call_command

from accounts.models import Shop
from billing.models import Hold, LedgerEntry
from cardmaker.core.jobs import drain
from designs.models import Call, Image, ProductBrief, Run
from designs.tests.test_product_api import studio  # noqa: F401

FILE = "sku,name,description\nA1,Meadow mug,A blue ceramic mug\n,Oak board,A cutting board of oak\nA3,,Nameless\n"
DRAFT = 2_000  # micro-dollars of one draft by the fake


@pytest.fixture
def products(studio, tmp_path):  # noqa: F811
    path = tmp_path / "products.csv"
    path.write_text(FILE)
    return path


def generate(path, **options):
    call_command("generate_product_images", path, no_wait=True, **{"variations": 3, "budget": "1.00", **options})


def generate_what_can_be(path, **options):
    with pytest.raises(CommandError) as refusal:
        generate(path, **options)
    return str(refusal.value)


def test_every_row_that_can_be_read_is_pictured_and_the_others_are_named(products, capsys):
    told = generate_what_can_be(products)
    drain()

    assert told == "1 products were left out; see above. Mend them, or the budget, and begin again."
    assert "line 4    refused  There is no name." in capsys.readouterr().out
    assert sorted(ProductBrief.objects.values_list("name", flat=True)) == ["Meadow mug", "Oak board"]
    assert (Run.objects.count(), Image.objects.count()) == (2, 6)
    assert ProductBrief.objects.values_list("account", flat=True).distinct().get() == Shop.objects.house().account_id


def test_a_second_run_goes_on_and_pays_for_no_picture_twice(products, fake):
    generate_what_can_be(products)
    drain(limit=3)
    halfway = len(fake.requests)
    generate_what_can_be(products)
    drain()
    generate_what_can_be(products)
    drain()

    assert 0 < halfway < 6
    assert len(fake.requests) == 6
    assert LedgerEntry.objects.filter(kind="charge").count() == 6
    assert (Hold.objects.count(), Image.objects.count()) == (2, 6)


def test_what_failed_is_tried_again_by_the_next_run_alone(products, fake):
    fake.reject = "moderated_prompt"
    generate_what_can_be(products)
    drain()
    fake.reject = ""
    generate_what_can_be(products)
    drain()

    assert Image.objects.count() == 6
    assert list(Call.objects.values_list("outcome", flat=True).order_by("outcome")) == ["answered"] * 6 + ["failed"] * 6


def test_more_variations_are_added_to_those_that_are_there(products, fake):
    generate_what_can_be(products)
    drain()
    generate_what_can_be(products, variations=5)
    drain()

    assert (Image.objects.count(), len(fake.requests)) == (10, 10)


def test_the_budget_holds_over_all_beginnings(products, fake, capsys):
    budget = f"{DRAFT * 5 / 1_000_000:.2f}"
    for _ in range(2):
        generate_what_can_be(products, budget=budget)
        drain()

    assert len(fake.requests) == 3
    assert "over the budget" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"budget": "lots"}, "--budget is an amount in dollars, such as 5.00."),
        ({"budget": "0"}, "--budget must be more than nothing."),
        ({"variations": 0}, "--variations is from 1 to 200."),
        ({"shop": "nowhere"}, "There is no shop nowhere."),
    ],
)
def test_options_that_make_no_sense_are_refused_before_anything_happens(products, options, message):
    assert generate_what_can_be(products, **options) == message
    assert ProductBrief.objects.count() == 0


def test_a_file_that_is_not_there_is_said_so(tmp_path):
    assert "No such file" in generate_what_can_be(tmp_path / "none.csv")
