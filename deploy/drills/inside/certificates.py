"""Issuing and checking certificates with the keys that the environment names."""

from __future__ import annotations

import time
from datetime import date

from django.core.management import call_command

from engine.core.text import Text
from engine.departments.models import Department
from engine.documents.certificates.checking import verify_file
from engine.documents.certificates.issuing import issue
from engine.documents.certificates.request import CertificateRequest, CertificateRow
from engine.documents.models import Certificate
from engine.documents.reading import read_verified


def run(what: str, name: str = "", number: str = "0") -> dict[str, float]:
    """Make a key, issue so many, or check all that there are and a forged copy of each."""
    if what == "key":
        call_command("make_signing_key", folder=name, verbosity=0)
        return {}
    return _issue(name, int(number)) if what == "issue" else _check()


def _issue(name: str, number: int) -> dict[str, float]:
    began = time.monotonic()
    department = Department.objects.get(key="licensing")
    keys = [f"{name}-{count}" for count in range(number)]
    first = issue(_request(department, keys[0]))
    first_s = time.monotonic() - began
    made = [first, *(issue(_request(department, key)) for key in (*keys, *keys))]  # each asked for twice
    return {"issued": len({certificate.pk for certificate in made}), "first_s": first_s}


def _request(department: Department, key: str) -> CertificateRequest:
    return CertificateRequest(
        department=department,
        kind="trade-licence/licence",
        prefix="DRL",
        idempotency_key=key,
        case_reference="TRL-2026-000001",
        title=Text({"en": "Trade licence"}),
        statement=Text("The holder may trade at the place named below."),
        rows=(CertificateRow(Text({"en": "Holder"}), {"en": "Green Basket"}),),
        languages=("en",),
        holder_name="Leila Haddad",
        valid_from=date(2026, 11, 26),
    )


def _check() -> dict[str, float]:
    genuine = forged = 0
    certificates = Certificate.objects.exclude(document=None).select_related("document__department")
    for certificate in certificates:
        assert certificate.document is not None
        with read_verified(certificate.document) as file:
            data = file.read()
        genuine += verify_file(data).genuine
        middle = len(data) // 2
        flipped = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
        forged += verify_file(flipped).genuine
    numbers = certificates.values_list("number", flat=True)
    return {"genuine": genuine, "forged": forged, "doubled": len(numbers) - len(set(numbers))}
