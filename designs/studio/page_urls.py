from django.urls import path

from designs.api.exports import export_zip
from designs.proofs.tiles import tile_view
from designs.studio import embed, pages

urlpatterns = [
    path("", pages.landing, name="landing"),
    path("studio/card/", pages.studio, name="studio"),
    path("studio/card/<uuid:design_id>/", pages.studio, name="studio_design"),
    path("studio/calendar/", pages.calendar_studio, name="calendar_studio"),
    path("studio/calendar/<uuid:design_id>/", pages.calendar_studio, name="calendar_studio_design"),
    path("samples/style/<slug:code>.webp", pages.style, name="style_sample"),
    path("samples/<slug:name>.webp", pages.sample, name="sample"),
    path("samples/calendar/<slug:name>.webp", pages.sheet, name="sample_sheet"),
    path("samples/<slug:name>/<slug:side>.webp", pages.sample, name="sample_side"),
    path("studio/products/", pages.products, name="products"),
    path("studio/products/<uuid:brief_id>/", pages.product, name="product"),
    path("exports/<str:token>.zip", export_zip, name="export-zip"),
    path("print-tiles/<str:token>/<int:column>-<int:row>.jpg", tile_view, name="print-tile"),
    path("embed/v1/loader.js", embed.script, name="embed_loader"),
    path("embed/v1/compare.js", embed.script, name="embed_compare"),
    path("embed/v1/words.json", embed.script, name="embed_words"),
    path("embed/v1/studio.js", embed.script, name="embed_studio"),
    path("faces/<str:name>.webp", pages.face, name="face"),
]
