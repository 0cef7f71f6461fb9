import pytest
from cryptography.fernet import Fernet

from cardmaker.core.sealing import Unreadable, seal, unseal

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def test_what_is_sealed_can_be_read_again():
    assert unseal(seal("Anna Smith, 1 Main St")) == "Anna Smith, 1 Main St"


def test_the_same_text_never_seals_alike():
    assert seal("Anna") != seal("Anna")


def test_a_new_key_seals_and_the_old_one_still_opens(settings):
    settings.SEALING_KEYS = [OLD]
    before = seal("Anna")
    settings.SEALING_KEYS = [NEW, OLD]
    after = seal("Bert")
    assert unseal(before) == "Anna"

    settings.SEALING_KEYS = [NEW]

    assert unseal(after) == "Bert"
    with pytest.raises(Unreadable):
        unseal(before)


def test_altered_text_is_unreadable():
    with pytest.raises(Unreadable):
        unseal(seal("Anna")[:-4] + "AAA=")
