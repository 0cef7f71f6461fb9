"""What happens to an account over its life: signing up, merging, exporting, erasing.

Every app has a say through one dotted function in the settings, called inside the one transaction.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.announcing import MAIL_WELCOME
from accounts.models import AccessToken, Account, User
from cardmaker.core import jobs
from cardmaker.core.errors import Refused

MERGE_AGAIN = "accounts.merge_again"
MERGE_AGAIN_S = 60  # by then every request that began as the guest's has ended


class NotMergeable(Refused):
    """Only a guest can be merged, once, and only into a person who is still there."""


class StaffNotErased(Refused):
    """Staff lose their rights first: the admin's history names them."""


def arrive(user: User, guest: Account | None, *, at: datetime) -> Account:
    """The account of somebody who just logged in; what they made as a guest comes along. Safe to repeat.

    The first log-in turns the guest's account itself into the person's. Later ones merge.
    """
    person = Account.objects.filter(user=user).first() or _first_account(user, guest, at=at)
    if guest is not None and guest.pk != person.pk:
        merge(guest, person, at=at)
    return person


def merge(guest: Account, person: Account, *, at: datetime) -> None:
    """Move what `guest` owns to `person`, in one transaction. Safe to repeat. Raises NotMergeable.

    Both rows are locked in key order, so that two log-ins at once do it once and cannot wait for each other. What a
    request of the guest still writes meanwhile stays behind: a job moves it.
    """
    with transaction.atomic():
        locked = _locked(guest, person)
        if locked[0].merged_into_id == person.pk:
            return
        _check_mergeable(*locked)
        Account.objects.filter(pk=guest.pk).update(merged_into=person)
        AccessToken.objects.filter(account=guest).revoke(at=at)
        for act in _functions(settings.ACCOUNT_MERGE):
            act(guest, person, at=at)
        jobs.enqueue(MERGE_AGAIN, guest.pk, account_id=person.pk, delay_s=MERGE_AGAIN_S, at=at)
    guest.refresh_from_db()


def merge_again(guest_id: str) -> None:
    """The job behind a merge: what was written for the guest while it committed goes the same way. Safe to repeat."""
    at = timezone.now()
    guest = Account.objects.select_related("merged_into").get(pk=guest_id)
    if guest.merged_into is None:
        return
    with transaction.atomic():
        guest, person = _locked(guest, guest.merged_into)
        if person.erased_at is not None:
            _erase_member(guest, at=at)
            return
        for act in _functions(settings.ACCOUNT_MERGE):
            act(guest, person, at=at)


def export(account: Account) -> dict[str, Any]:
    """Everything we keep about somebody, as plain data: one section an app."""
    merged = [str(pk) for pk in account.family_ids()[1:]]
    tokens = AccessToken.objects.filter(account__in=account.family_ids()).order_by("created_at", "pk")
    sections: dict[str, Any] = {
        "account": {
            "id": str(account.pk),
            "kind": account.kind,
            "zone": account.zone,
            "created_at": account.created_at.isoformat(),
            "merged_guests": merged,
            "email": account.user.email if account.user else None,
            "access_tokens": [
                {"created_at": token.created_at.isoformat(), "expires_at": token.expires_at.isoformat()}
                for token in tokens
            ],
        }
    }
    for path in settings.ACCOUNT_EXPORT:
        sections[path.split(".")[0]] = import_string(path)(account)
    return sections


def erase(account: Account, *, at: datetime) -> None:
    """Delete what names somebody; what must stay (ledger, approvals) gets a pseudonym. Safe to repeat.

    Guests merged into the account go with it. Raises StaffNotErased.
    """
    with transaction.atomic():
        family = list(Account.objects.select_for_update().filter(pk__in=account.family_ids()).order_by("pk"))
        person = next(member for member in family if member.pk == account.pk)
        if person.erased_at is not None:
            return
        if person.user and person.user.is_staff:
            raise StaffNotErased("Staff cannot be erased. Take their staff rights away first.")
        for member in family:
            _erase_member(member, at=at)
        if person.user:
            person.user.delete()
    account.refresh_from_db()


def _first_account(user: User, guest: Account | None, *, at: datetime) -> Account:
    """The account, and the welcome with it: of two log-ins at once one makes it."""
    with transaction.atomic():
        if guest is not None and _attach(user, guest, at=at):
            account, new = Account.objects.get(user=user), True
        else:
            account, new = Account.objects.get_or_create(user=user, defaults={"kind": Account.Kind.PERSON})
        if new and not user.is_staff:
            jobs.enqueue(MAIL_WELCOME, account.pk, account_id=account.pk, at=at)
    return account


def _attach(user: User, guest: Account, *, at: datetime) -> bool:
    """Make the guest's account the user's own. False: it is no free guest any more, or the user has an account."""
    free = Account.objects.filter(pk=guest.pk, kind=Account.Kind.GUEST, merged_into=None, erased_at=None, user=None)
    try:
        with transaction.atomic():
            attached = free.update(kind=Account.Kind.PERSON, user=user) == 1
    except IntegrityError:  # a log-in at the same moment gave the user an account
        return False
    if attached:
        # A token handed to a guest's embed must not open a person's account.
        AccessToken.objects.filter(account=guest).revoke(at=at)
    return attached


def _locked(guest: Account, person: Account) -> tuple[Account, Account]:
    rows = Account.objects.select_for_update().filter(pk__in=[guest.pk, person.pk]).order_by("pk")
    by_key = {row.pk: row for row in rows}
    return by_key[guest.pk], by_key[person.pk]


def _check_mergeable(guest: Account, person: Account) -> None:
    if guest.kind != Account.Kind.GUEST or guest.merged_into_id is not None or guest.erased_at is not None:
        raise NotMergeable("Only a guest account that was not merged before can be merged.")
    if person.kind != Account.Kind.PERSON or person.erased_at is not None:
        raise NotMergeable("A guest account can only be merged into a person's.")


def _erase_member(member: Account, *, at: datetime) -> None:
    for act in _functions(settings.ACCOUNT_ERASE):
        act(member, at=at)
    AccessToken.objects.filter(account=member).revoke(at=at)
    Account.objects.filter(pk=member.pk).update(erased_at=at, device_key="", network_key="")


def _functions(paths: list[str]) -> list[Callable[..., None]]:
    return [import_string(path) for path in paths]
