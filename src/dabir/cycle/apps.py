from django.apps import AppConfig


class CycleConfig(AppConfig):
    name = "dabir.cycle"
    label = "cycle"
