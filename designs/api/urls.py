from django.urls import path

from designs.api import catalog, choices, photos, polling, uploads, views

urlpatterns = [
    path("formats/", catalog.FormatList.as_view(), name="formats"),
    path("styles/", catalog.StyleList.as_view(), name="styles"),
    path("fonts/", catalog.FontList.as_view(), name="fonts"),
    path("calendar-choices/", choices.CalendarChoices.as_view(), name="calendar-choices"),
    path("lettering/", catalog.LetteringChoices.as_view(), name="lettering"),
    path("usage/", catalog.Usage.as_view(), name="usage"),
    path("designs/", views.DesignList.as_view(), name="designs"),
    path("designs/<uuid:pk>/", views.DesignDetail.as_view(), name="design"),
    path("designs/<uuid:pk>/pages/<str:position>/", views.PageDetail.as_view(), name="page"),
    path("designs/<uuid:pk>/story/", views.Story.as_view(), name="story"),
    path("designs/<uuid:pk>/runs/", views.RunList.as_view(), name="runs"),
    path("designs/<uuid:pk>/photos/", photos.DesignPhotos.as_view(), name="design-photos"),
    path("designs/<uuid:pk>/preview/", views.Preview.as_view(), name="preview"),
    path("photos/", photos.PhotoList.as_view(), name="photos"),
    path("photos/<uuid:pk>/", photos.PhotoDetail.as_view(), name="photo"),
    path("uploads/", uploads.UploadList.as_view(), name="uploads"),
    path("uploads/<uuid:pk>/", uploads.UploadDetail.as_view(), name="upload"),
    path("runs/<uuid:pk>/", polling.poll, name="run"),
    path("runs/<uuid:pk>/pause/", views.RunPause.as_view(), name="run-pause"),
    path("runs/<uuid:pk>/resume/", views.RunResume.as_view(), name="run-resume"),
    path("runs/<uuid:pk>/cancel/", views.RunCancel.as_view(), name="run-cancel"),
]
