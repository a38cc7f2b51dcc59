from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "dabir.meetings"
    label = "meetings"
