"""Rows written by SQL that is kept are those that `save` would write."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, models
from django.db.models.sql import InsertQuery
from django.utils.functional import SimpleLazyObject

from dabir.foundation import stored
from dabir.foundation.ledger import ledgered_models
from dabir.foundation.models import Event, SignInLink, User
from dabir.foundation.prepared import fresh
from dabir.obligations.models import Obligation
from dabir.persian import clock
from tests.personas import Personas
from tests.reported import owed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [*ledgered_models(), Event], ids=lambda model: model._meta.label)
def test_an_insert_is_the_one_that_save_makes(model: type[models.Model]) -> None:
    with_key = model._meta.auto_field is None
    query = InsertQuery(model)
    kept = stored._inserting(model, with_key, connection.alias)
    query.insert_values(kept.fields, [model()])
    compiler = query.get_compiler(using=connection.alias)
    compiler.returning_fields = model._meta.db_returning_fields
    assert [kept.sql] == [sql for sql, _values in compiler.as_sql()]


def test_a_row_is_as_save_would_have_made_it() -> None:
    row = User(username="ali", mobile="09120000000")
    stored.insert(row)
    assert row.pk and not row._state.adding and row._state.db == "default"
    assert User.objects.get(pk=row.pk).username == "ali"
    given = User(pk=row.pk + 10, username="mina")
    stored.insert(given)
    assert given.pk == row.pk + 10 == User.objects.get(username="mina").pk


def test_what_the_database_makes_is_at_hand(world: Personas) -> None:
    debt = owed(world)
    debt.pk, debt.code = None, f"{debt.code}-2"
    stored.insert(debt)
    assert debt.__dict__["sort_day"] == Obligation.objects.get(pk=debt.pk).sort_day == debt.due_day


def test_an_update_stores_the_named_fields_alone() -> None:
    row = User(username="ali")
    stored.insert(row)
    row.mobile, row.email = "09120000000", "ali@example.ir"
    stored.update(row, ["mobile"])
    assert (fresh(row).mobile, fresh(row).email) == ("09120000000", "")
    row.mobile = None
    stored.update(row, ["mobile"])
    assert fresh(row).mobile is None


def test_the_user_of_a_request_is_updated_as_by_save() -> None:
    row = User(username="ali")
    stored.insert(row)
    lazy = SimpleLazyObject(lambda: row)
    lazy.mobile = "09120000000"
    stored.update(lazy, ["mobile"])  # type: ignore[arg-type]
    assert fresh(row).mobile == "09120000000"


def test_a_row_that_is_not_there_is_neither_updated_nor_fresh() -> None:
    row = User(pk=77, username="ali")
    with pytest.raises(User.DoesNotExist):
        fresh(row)
    with pytest.raises(DatabaseError, match="not there"):
        stored.update(row, ["username"])


def test_a_row_of_another_that_has_no_key_is_refused_as_by_save() -> None:
    with pytest.raises(ValueError, match="unsaved related object"):
        stored.insert(SignInLink(user=User(username="ali"), digest="0", expires_at=clock.now()))


def test_a_refused_row_leaves_the_transaction_to_be_rolled_back() -> None:
    stored.insert(User(username="ali"))
    with pytest.raises(DatabaseError):
        stored.insert(User(username="ali"))
    assert connection.needs_rollback
    connection.set_rollback(False)
