from django.urls import path, re_path

from . import bedrock, fal, gemini, openai, replicate

urlpatterns = [
    re_path(r"^openai/(?P<path>.+)$", openai.endpoint),
    re_path(r"^gemini/models/(?P<model>[^/:]+):generateContent$", gemini.endpoint),
    path("fal/.well-known/jwks.json", fal.jwks),
    path("fal/files/<str:key>/<int:number>.<str:form>", fal.file),
    re_path(r"^fal/(?P<path>.+)$", fal.endpoint),
    re_path(r"^replicate/(?P<path>.+)$", replicate.endpoint),
    re_path(r"^bedrock/model/(?P<model>[^/]+)/(?P<verb>invoke|converse)$", bedrock.endpoint),
]
