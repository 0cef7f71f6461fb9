"""What a reader finds in a picture that leaves us."""

import io

import pytest
from PIL import Image as Picture

from designs.imaging.credentials import CannotSign, Certificate, read, signed, with_source_type
from designs.imaging.pictures import srgb_pixels
from designs.proofs import provenance, signing_certificate
from designs.tests.factories import CallFactory, DesignFactory, ImageFactory, ready_proof, stored_request

KINDS = [("image/jpeg", "JPEG"), ("image/png", "PNG"), ("image/webp", "WEBP")]
TRAINED, COMPOSITE = "trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia"


def picture(form, mode="RGB"):
    buffer = io.BytesIO()
    Picture.linear_gradient("L").resize((320, 200)).convert(mode).save(buffer, form)
    return buffer.getvalue()


@pytest.mark.parametrize(("media_type", "form"), KINDS)
def test_a_reader_finds_the_source_type_twice_and_the_same_pixels(media_type, form):
    plain = picture(form)
    told = with_source_type(plain, media_type, TRAINED)
    whole = signed(told, media_type, TRAINED, made_with="openai gpt", certificate=signing_certificate.certificate())
    found = read(whole, media_type)

    assert (found.xmp, found.c2pa, found.made_with) == (TRAINED, TRAINED, "openai gpt")
    assert found.state == "Valid"
    assert (srgb_pixels(whole) == srgb_pixels(plain)).all()
    assert len(whole) - len(plain) < provenance.CREDENTIAL_BYTES


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L"])
def test_every_kind_of_webp_takes_its_source_type(mode):
    for options in ({"lossless": True}, {"quality": 80}):
        buffer = io.BytesIO()
        Picture.new(mode, (33, 17), 128).save(buffer, "WEBP", **options)
        told = with_source_type(buffer.getvalue(), "image/webp", TRAINED)
        opened = Picture.open(io.BytesIO(told))
        opened.load()

        assert TRAINED.encode() in opened.info["xmp"]
        assert opened.mode == ("RGBA" if mode == "RGBA" else "RGB")


@pytest.mark.parametrize(("media_type", "form"), KINDS)
def test_a_picture_that_was_changed_since_is_no_longer_valid(media_type, form):
    own = signing_certificate.certificate()
    whole = bytearray(signed(picture(form), media_type, TRAINED, made_with="x", certificate=own))
    place = len(whole) - 30 if form != "PNG" else whole.rindex(b"IDAT") + 20
    whole[place] ^= 1

    assert read(bytes(whole), media_type).state in ("Invalid", "")


def test_what_is_no_certificate_signs_nothing():
    with pytest.raises(CannotSign):
        signed(picture("JPEG"), "image/jpeg", TRAINED, made_with="x", certificate=Certificate(b"no", b"no"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("provider", "photos", "term"),
    [
        ("sketch", [], "algorithmicMedia"),
        ("sketch", ["p"], "composite"),
        ("openai", [], TRAINED),
        ("gemini", ["p"], COMPOSITE),
    ],
)
def test_the_term_follows_who_drew_it_and_from_what(shelf, provider, photos, term):
    design = DesignFactory()
    call = CallFactory(run__design=design, request=stored_request(photos=photos))
    image = ImageFactory(design=design, call=call, provider=provider, model="m")
    found = read(provenance.credentialed(picture("JPEG"), "image/jpeg", [image]), "image/jpeg")

    assert (found.xmp, found.c2pa, found.state, found.made_with) == (term, term, "Valid", f"{provider} m")


def test_what_shows_no_picture_is_our_own_creation():
    found = read(provenance.credentialed(picture("JPEG"), "image/jpeg", []), "image/jpeg")

    assert (found.c2pa, found.made_with) == ("digitalCreation", "Cardmaker")


def test_a_production_without_a_certificate_tells_the_source_type_unsigned(settings):
    settings.PRODUCTION, settings.CONTENT_CERTIFICATE = True, ""

    found = read(provenance.credentialed(picture("JPEG"), "image/jpeg", []), "image/jpeg")
    assert (found.xmp, found.state) == ("digitalCreation", "")


def test_a_certificate_of_the_settings_is_used(settings, tmp_path):
    from django.utils import timezone

    made = signing_certificate.self_made(at=timezone.now())
    for name, data in (("chain.pem", made.chain), ("key.pem", made.key)):
        (tmp_path / name).write_bytes(data)
    settings.CONTENT_CERTIFICATE = str(tmp_path / "chain.pem")
    settings.CONTENT_CERTIFICATE_KEY = str(tmp_path / "key.pem")

    assert signing_certificate.certificate() == made
    assert read(provenance.credentialed(picture("JPEG"), "image/jpeg", []), "image/jpeg").state == "Valid"


@pytest.mark.django_db
def test_a_print_file_carries_nothing_and_its_page_knows_its_pictures(shelf):
    from cardmaker.core import storage

    proof = ready_proof()
    front = proof.files.get(position="front")
    found = read(storage.read(front.file), "image/jpeg")

    assert (found.xmp, found.c2pa, found.state) == ("", "", "")
    assert [image.provider for image in provenance.images_on(proof, "front")] == ["fake"]
    assert provenance.images_on(proof, "back") == []


@pytest.mark.django_db
def test_an_image_knows_what_made_it_and_what_it_cost(shelf):
    image = ImageFactory(provider="openai", model="m", model_version="v1", seed=7, cost_micros=5_900)

    assert (image.provider, image.model, image.model_version, image.seed) == ("openai", "m", "v1", 7)
    assert (image.cost_micros, len(image.prompt_digest)) == (5_900, 64)
