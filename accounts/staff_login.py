"""The admin's own log-in, which allauth does not see: guesses are counted there as they are for people."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib.admin.forms import AdminAuthenticationForm


class StaffForm(AdminAuthenticationForm):
    def clean(self) -> dict[str, Any]:
        """As Django does, but a few wrong passwords for one address, or from one network, shut the door awhile."""
        email, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if email and password:
            adapter = get_adapter(self.request)
            self.user_cache = adapter.authenticate(self.request, email=email, password=password)
            if self.user_cache is None:
                raise self.get_invalid_login_error()
            self.confirm_login_allowed(self.user_cache)
        return self.cleaned_data
