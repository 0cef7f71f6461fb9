"""The application in the shops: where it is installed, with what scopes, and the tokens that it was given."""

from django.db import models


class Installation(models.Model):
    """The application in one shop. Uninstalled, the row stays and its tokens open nothing."""

    domain = models.CharField(max_length=120, unique=True)
    scopes = models.JSONField(default=list)
    installed_at = models.DateTimeField()
    uninstalled_at = models.DateTimeField(null=True)


class OfflineToken(models.Model):
    """An access token with the refresh token that renews it. A used refresh token works until its follower is used."""

    installation = models.ForeignKey(Installation, models.CASCADE, related_name="tokens")
    access_token = models.CharField(max_length=80, unique=True)
    refresh_token = models.CharField(max_length=80, unique=True)
    expires_at = models.DateTimeField()
    refresh_expires_at = models.DateTimeField()
    follows = models.ForeignKey("self", models.SET_NULL, null=True, related_name="followers")
    retired = models.BooleanField(default=False)  # its follower was used, or another grant was made


class ConsentCode(models.Model):
    """The code of one redirect of the authorization-code flow; good once."""

    installation = models.ForeignKey(Installation, models.CASCADE)
    code = models.CharField(max_length=40, unique=True)
    created_at = models.DateTimeField()
