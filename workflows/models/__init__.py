"""The rows of services, drafts and cases; import them from here."""

from workflows.models.amendments import Amendment
from workflows.models.awaited import Awaited, AwaitedKind
from workflows.models.case_documents import CaseDocument
from workflows.models.cases import Case, CaseState, Submission
from workflows.models.clocks import (
    CalendarChange,
    ClockEntry,
    ClockVerb,
    Deadline,
    DeadlineKind,
    StopReason,
)
from workflows.models.drafts import Draft
from workflows.models.incoming import IncomingMessage
from workflows.models.merges import CaseLikeness, CaseMerge
from workflows.models.moves import CaseClass, CaseFate, CaseMove, MovePhase, MoveStatus, VersionMove
from workflows.models.notes import CaseFlag, CaseNote, DepartmentFlag
from workflows.models.openings import Opening, OpeningKind
from workflows.models.opinions import Opinion
from workflows.models.payments import Payment, PaymentMethod, PaymentState
from workflows.models.publications import PublicationVote
from workflows.models.resume_links import ResumeLink
from workflows.models.scenarios import Scenario
from workflows.models.services import Audience, ReferenceCounter, Service, ServiceVersion
from workflows.models.turns import HandingTurn
from workflows.models.work import WorkItem, WorkKind

__all__ = [
    "Amendment",
    "Audience",
    "Awaited",
    "AwaitedKind",
    "CalendarChange",
    "Case",
    "CaseClass",
    "CaseDocument",
    "CaseFate",
    "CaseFlag",
    "CaseLikeness",
    "CaseMerge",
    "CaseMove",
    "CaseNote",
    "CaseState",
    "ClockEntry",
    "ClockVerb",
    "Deadline",
    "DeadlineKind",
    "DepartmentFlag",
    "Draft",
    "HandingTurn",
    "IncomingMessage",
    "MovePhase",
    "MoveStatus",
    "Opening",
    "OpeningKind",
    "Opinion",
    "Payment",
    "PaymentMethod",
    "PaymentState",
    "PublicationVote",
    "ReferenceCounter",
    "ResumeLink",
    "Scenario",
    "Service",
    "ServiceVersion",
    "StopReason",
    "Submission",
    "VersionMove",
    "WorkItem",
    "WorkKind",
]
