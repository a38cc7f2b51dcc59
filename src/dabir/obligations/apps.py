from django.apps import AppConfig


class ObligationsConfig(AppConfig):
    name = "dabir.obligations"
    label = "obligations"
