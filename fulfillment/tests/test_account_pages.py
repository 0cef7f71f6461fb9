import pytest
from django.urls import reverse

from accounts.models import Account, User
from fulfillment.models import Order

EXPORT, ERASE = reverse("account_export"), reverse("account_erase")


@pytest.fixture
def guest(world, client):
    """The browser of the guest in `world`."""
    session = client.session
    session["guest_account"] = str(world.account.pk)
    session.save()
    return client


@pytest.fixture
def person(db, client):
    """A signed-in person with an account."""
    user = User.objects.create_user(email="robin@example.com", password="a long pass phrase")
    Account.objects.create(kind="person", user=user)
    client.force_login(user)
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["account", "account_export", "account_erase"])
def test_who_has_nothing_here_is_asked_to_sign_in(client, address):
    ask = client.get if address == "account" else client.post

    assert ask(reverse(address)).url == reverse("account_login")


def test_export_is_a_file_that_nobody_keeps(person):
    response = person.post(EXPORT)

    assert response.headers["Content-Disposition"] == 'attachment; filename="cardmaker.json"'
    assert response.headers["Cache-Control"] == "no-store"
    assert response.json()["account"]["email"] == "robin@example.com"


def test_a_guest_takes_home_what_the_session_made(world, guest):
    world.order()
    told = guest.post(EXPORT).json()

    assert told["account"]["kind"] == "guest"
    assert [order["state"] for order in told["fulfillment"]["orders"]] == ["held"]


@pytest.mark.parametrize("typed", ["", "robin@example.org", "erase"])
def test_erasing_wants_the_address_in_full(person, typed):
    response = person.post(ERASE, {"confirmation": typed})

    assert response.status_code == 400
    assert "This is not the address of this account." in response.content.decode()
    assert Account.objects.get(user__email="robin@example.com").erased_at is None


def test_erasing_signs_out_and_says_what_is_left(person):
    account = Account.objects.get(user__email="robin@example.com")
    response = person.post(ERASE, {"confirmation": " Robin@example.com"})

    account.refresh_from_db()
    assert "It is erased" in response.content.decode()
    assert (account.erased_at is None, "_auth_user_id" in person.session) == (False, False)


def test_a_guest_erases_with_a_word_and_is_told_which_orders_stay(world, guest):
    order = world.order()
    page, wrong = guest.get(reverse("account")), guest.post(ERASE, {"confirmation": "yes"})
    response = guest.post(ERASE, {"confirmation": "Erase"})

    assert "One order stays in our books, because tax law wants it" in page.content.decode()
    assert (wrong.status_code, "Please type the word." in wrong.content.decode()) == (400, True)
    assert "One of them is still on its way" in response.content.decode()
    world.account.refresh_from_db()
    order.refresh_from_db()
    assert (world.account.erased_at is not None, order.forget_when_over) == (True, True)
    assert Order.objects.get(pk=order.pk).email == "robin@example.com"


def test_staff_are_told_why_they_are_not_erased(person):
    User.objects.update(is_staff=True)
    response = person.post(ERASE, {"confirmation": "robin@example.com"})

    assert response.status_code == 400
    assert "Staff cannot be erased" in response.content.decode()
