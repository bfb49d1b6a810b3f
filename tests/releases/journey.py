"""One application from its first page to its certificate; run by the code of two releases, each in its tree.

It asks only for what both have: services of the product, its pages, the packages of the demonstration.
"""

import sys
import tempfile
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402  only now may the product be imported
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from engine.departments.models import Department, User  # noqa: E402
from engine.documents.models import Certificate  # noqa: E402
from engine.messages.delivery import deliver_all  # noqa: E402
from engine.messages.models import Letter  # noqa: E402
from forms_library.answers import PageResult  # noqa: E402
from workflows import services  # noqa: E402
from workflows.demonstration.packages import load_packages  # noqa: E402
from workflows.demonstration.places import load_departments, load_people  # noqa: E402
from workflows.models import Case, Service, WorkItem  # noqa: E402

PAGES = {
    "about_you": {
        "applicant_name": "Leila Haddad",
        "applicant_birth_date": "1988-02-02",
        "applicant_national_id": "880202114471",
    },
    "residence": {
        "residence": {"line_1": "12 Olive Lane", "town": "Old Harbour", "postcode": "40213"},
        "living_since": "2019-09-01",
    },
    "purpose": {"purpose": "bank", "declared": True},
}
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signing_key() -> None:
    """Certificates of this run."""
    folder = Path(tempfile.mkdtemp())
    call_command("make_signing_key", folder=str(folder), verbosity=0)
    settings.CERTIFICATE_KEY = (folder / "certificate-key.pem").read_text()
    settings.CERTIFICATE_CHAIN = (folder / "certificate-chain.pem").read_text()


def applied(owner: User) -> Case:
    """Page by page, then sent."""
    draft = services.start_draft(owner, Service.objects.get(key="residence-extract"), "en")
    for page, answers in PAGES.items():
        result = PageResult(answers, {}, [])
        draft = services.save_page(draft, page, result, revision=draft.revision, by=owner)
    return services.submit(draft, by=owner, revision=draft.revision)


def looked_at(person: User, *addresses: str) -> None:
    """Pages of one person."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(person, backend=BACKEND)
    for address in addresses:
        status = client.get(address).status_code
        assert status == 200, f"{address} answered {status}"


def main() -> None:
    """Apply, look, decide, deliver, look again."""
    signing_key()
    people = load_people() if load_departments() else {}
    load_packages({each.key: each for each in Department.objects.all()}, people)
    Department.objects.update(document_store="nas")
    leila, clara = people["leila.haddad@example.org"], people["clara.nunes@registry.example"]
    case = applied(leila)
    looked_at(leila, "/applications/", f"/applications/{case.reference}/")
    item = WorkItem.objects.get(process__reference=case.reference, node_key="compare")
    looked_at(clara, "/work/", f"/work/cases/{case.reference}/")
    services.claim(item_id=item.pk, by=clara)
    services.decide(item_id=item.pk, by=clara, outcome="approve")
    deliver_all()
    number = Certificate.objects.get(case_reference=case.reference, state="valid").number
    looked_at(leila, f"/applications/{case.reference}/certificates/{number}.pdf")
    assert Letter.objects.filter(case_reference=case.reference).exists()
    call_command("verify_audit", verbosity=0)


if __name__ == "__main__":
    if sys.argv[1:] == ["ready"]:
        answer = Client(SERVER_NAME="127.0.0.1").get("/readyz")
        sys.stdout.write(f"{answer.status_code} {answer.content.decode()}\n")
    else:
        main()
