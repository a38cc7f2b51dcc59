from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "dabir.directory"
    label = "directory"
