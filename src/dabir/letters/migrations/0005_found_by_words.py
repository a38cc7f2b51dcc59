"""Letters that were written before can be found by their words, too."""

from django.db import migrations

from dabir.foundation.search import squashed


def fill(apps, schema_editor):
    recipients = {}
    for letter, name in apps.get_model("letters", "Recipient").objects.order_by("id").values_list("letter", "name"):
        recipients.setdefault(letter, []).append(name)
    letters = apps.get_model("letters", "Letter")
    for pk, subject, number in letters.objects.values_list("pk", "subject", "number"):
        letters.objects.filter(pk=pk).update(squash=squashed(subject, number, *recipients.get(pk, ())))


class Migration(migrations.Migration):
    dependencies = [("letters", "0004_what_came_in")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
