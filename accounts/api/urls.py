from django.urls import path

from accounts.api.proof import ChallengeView
from accounts.api.views import SessionView

urlpatterns = [
    path("session/", SessionView.as_view(), name="session"),
    path("challenge/", ChallengeView.as_view(), name="challenge"),
]
