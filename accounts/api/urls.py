from django.urls import path

from accounts.api.views import SessionView

urlpatterns = [path("session/", SessionView.as_view(), name="session")]
