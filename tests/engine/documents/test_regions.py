"""Where the documents of a department may lie."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from engine.documents.models import Document
from engine.documents.regions import RegionRefused, store_to_write, violations
from engine.documents.storage import StoreAway
from engine.documents.storing import store_bytes


def keep(department):
    return store_bytes(b"hello", name="a.txt", content_type="text/plain", department=department)


@pytest.mark.django_db
def test_a_department_that_names_no_region_allows_every_one(licensing):
    assert store_to_write(licensing) == "nas"


@pytest.mark.django_db
def test_the_door_refuses_a_store_outside_and_says_which_and_why(licensing, settings):
    licensing.document_regions = ["eu-central-1"]
    licensing.save()
    with pytest.raises(RegionRefused) as refused:
        keep(licensing)
    assert str(refused.value) == (
        "documents of licensing may lie in eu-central-1 only; the store nas lies in on-premises"
    )
    assert isinstance(refused.value, StoreAway)  # so every door keeps what it has, and asks to come back
    assert not Document.objects.exists()
    assert not Path(settings.DOCUMENT_STORES["nas"]["folder"]).exists()
    licensing.document_regions = ["eu-central-1", "on-premises"]
    assert keep(licensing).store == "nas"


@pytest.mark.django_db
def test_the_one_store_of_a_site_is_bound_by_the_same_rule(licensing, settings):
    settings.DOCUMENTS_ONLY_TO = "s3"
    assert store_to_write(licensing) == "s3"
    licensing.document_regions = ["on-premises"]
    with pytest.raises(RegionRefused):
        store_to_write(licensing)


@pytest.mark.django_db
def test_what_lies_outside_is_reported_by_the_check_and_by_the_command(licensing, registry, capsys):
    keep(licensing)
    keep(registry)
    assert list(violations()) == []
    call_command("check_document_regions")
    licensing.document_regions = ["eu-central-1"]
    licensing.save()
    with pytest.raises(CommandError, match="2 stores"):
        call_command("check_document_regions")
    told = capsys.readouterr().err
    assert "licensing: documents would be written in the store nas (on-premises)" in told
    assert "licensing: 1 documents lie in the store nas (on-premises)" in told
    assert "registry" not in told
    call_command("check", databases=["default"])
    assert "documents.W001" in capsys.readouterr().err
