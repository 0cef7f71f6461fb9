"""The certificate that content credentials are signed with: from the settings, else one of our own making.

A self-made one proves that nobody changed the picture since; to be trusted by name it takes one from a trust list.
"""

import logging
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.conf import settings

from cardmaker.core.storage import write_whole
from designs.imaging.credentials import Certificate

logger = logging.getLogger(__name__)
LIVES = timedelta(days=365)
NOT_FOR = (
    "content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only",
)  # fmt: skip
NAMES = ("content-credentials.pem", "content-credentials.key")


def certificate() -> Certificate | None:
    """None in production without one: then pictures carry their source type unsigned."""
    if settings.CONTENT_CERTIFICATE and settings.CONTENT_CERTIFICATE_KEY:
        named = (settings.CONTENT_CERTIFICATE, settings.CONTENT_CERTIFICATE_KEY)
        return Certificate(*(Path(name).read_bytes() for name in named))
    return None if settings.PRODUCTION else _of_our_own(str(settings.HOME))


@lru_cache(maxsize=2)
def _of_our_own(home: str) -> Certificate:
    """Made once and kept beside the other files of a development machine."""
    chain, key = (Path(home) / name for name in NAMES)
    if not (chain.exists() and key.exists()):
        made = self_made(at=datetime.now(UTC))
        for path, data in ((key, made.key), (chain, made.chain)):
            write_whole(path, data)
        logger.info("content credentials are signed with a certificate of our own making")
    return Certificate(chain.read_bytes(), key.read_bytes())


def self_made(*, at: datetime) -> Certificate:
    """A certificate authority of one certificate, and that certificate. P-256."""
    root_key, own_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name, own_name = _name("Cardmaker self-made root"), _name("Cardmaker self-made")
    root = _built(root_name, root_name, root_key, root_key, at=at, authority=True)
    own = _built(own_name, root_name, own_key, root_key, at=at, authority=False)
    pem = serialization.Encoding.PEM
    kept = own_key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return Certificate(own.public_bytes(pem) + root.public_bytes(pem), kept)


def _name(common: str) -> x509.Name:
    told = ((NameOID.ORGANIZATION_NAME, "Cardmaker"), (NameOID.COMMON_NAME, common))
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in told])


def _built(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer_key: ec.EllipticCurvePrivateKey,
    *,
    at: datetime,
    authority: bool,
) -> x509.Certificate:
    usage = dict.fromkeys(NOT_FOR, False)
    signs = {"digital_signature": not authority, "key_cert_sign": authority, "crl_sign": authority}
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + LIVES)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**signs, **usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    if not authority:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
    return builder.sign(issuer_key, hashes.SHA256())
