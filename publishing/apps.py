from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "publishing"

    def ready(self):
        from publishing import checks  # registers the system checks once all models are loaded

        assert checks
