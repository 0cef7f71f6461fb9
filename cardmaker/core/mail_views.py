"""What ops see of mails: the list of all kinds, and each as it is sent, with fictional data."""

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.clickjacking import xframe_options_sameorigin

from cardmaker.core import mails


def mail_list(request: HttpRequest) -> HttpResponse:
    kinds = [(kind, mails.render(kind.name, kind.sample()).subject) for kind in mails.KINDS.values()]
    facts = {**admin.site.each_context(request), "title": "Mails", "kinds": kinds}
    return TemplateResponse(request, "admin/mails/list.html", facts)


def mail_detail(request: HttpRequest, name: str) -> HttpResponse:
    kind, mail = _kind(name), _mail(name)
    facts = {**admin.site.each_context(request), "title": kind.title, "kind": kind, "mail": mail}
    return TemplateResponse(request, "admin/mails/detail.html", facts)


@xframe_options_sameorigin
def mail_html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part alone, for the frame on the page above: mails carry their styles inline, our pages never do."""
    response = HttpResponse(_mail(name).html)
    response["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'; sandbox"
    )
    return response


def _kind(name: str) -> mails.Kind:
    if name not in mails.KINDS:
        raise Http404("There is no such mail.")
    return mails.KINDS[name]


def _mail(name: str) -> mails.Mail:
    return mails.render(name, _kind(name).sample())
