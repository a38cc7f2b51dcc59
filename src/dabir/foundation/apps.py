import django_fsm
from django.apps import AppConfig
from django.db.models.signals import ModelSignal


class FoundationConfig(AppConfig):
    name = "dabir.foundation"
    label = "foundation"

    def ready(self) -> None:
        """Every model is there. From here on migrations alone make more, anew for each of their steps; that each one
        with a state asks of all the later ones whether they are its kin takes a quarter of a migration's time."""
        setattr(django_fsm, "class_prepared", ModelSignal())  # noqa: B010
        from dabir.foundation import second_factor  # noqa: F401, PLC0415  (what it hears of becomes events)
