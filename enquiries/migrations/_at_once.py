from django.db.migrations.operations.base import Operation


class AtOnce(Operation):
    """Operations after which Django draws its picture of all models anew once, and not after each of them, which takes
    most of a migration's time. Each part sees the models as they were before all parts and as they are after all of
    them, so none may build on a shape that lasts only from one part to another."""

    reversible = True

    def __init__(self, parts):
        self.parts = parts

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # drawn again when next asked for
        for part in self.parts:
            part.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for part in self.parts:
            part.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for part in reversed(self.parts):
            part.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return f"{len(self.parts)} changes at once"
