from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "dabir.foundation"
    label = "foundation"
