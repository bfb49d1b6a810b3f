"""The verbs of workflows: each checks the right first; state, audit and outbox go in one transaction."""

from workflows.selectors.drafts import unsent_drafts
from workflows.services.acting import act
from workflows.services.amending import (
    approve_amendment,
    ask_for_amendment,
    read_amendment,
    refuse_amendment,
)
from workflows.services.claiming import assign, claim, claim_next, release
from workflows.services.correcting import answer_correction, start_correction
from workflows.services.course import (
    archive_case,
    cancel_case,
    move_to_step,
    reopen_case,
    unarchive_case,
    undo_last_step,
)
from workflows.services.deciding import decide
from workflows.services.delegating import delegate
from workflows.services.desk_payments import take_at_desk
from workflows.services.drafts import (
    discard_draft,
    save_page,
    save_typed,
    set_draft_language,
    start_draft,
)
from workflows.services.escalating_work import escalate
from workflows.services.explaining import NothingToExplain, explain, questions_of
from workflows.services.exporting import export_queue
from workflows.services.exporting_answers import export_answers, export_case_answers
from workflows.services.faults import report_faults
from workflows.services.flagging import name_flag, retire_flag, set_flag, take_flag_off
from workflows.services.holding import hold, resume
from workflows.services.merging import merge_case
from workflows.services.noting import add_note
from workflows.services.opinions import (
    ask_for_opinion,
    drop_opinion_file,
    give_opinion,
    keep_opinion_file,
    note_opinion_read,
    open_shown_document,
    take_opinion_back,
)
from workflows.services.opinions_beside import ask_beside, end_link
from workflows.services.packages import (
    ImportReport,
    checked,
    export_package,
    export_working,
    import_package,
    publish,
)
from workflows.services.payments import begin_payment, take_payment_message
from workflows.services.rebasing import is_outdated, rebase_draft, rebased
from workflows.services.refusals import (
    AlreadyDecided,
    AlreadyTaken,
    AlreadyVoted,
    AnswersRefused,
    Barred,
    DraftMoved,
    DraftSent,
    FieldsMissing,
    GivenByName,
    HandedBack,
    HandedTooOften,
    HeldTooLong,
    NotAsked,
    NotHeld,
    NothingChanged,
    NothingToPublish,
    NotOpen,
    NotYours,
    OnHold,
    OpinionIncomplete,
    OwnApplication,
    PaymentAway,
    PaymentLookedAt,
    ReasonMissing,
    SamePerson,
    ServiceClosed,
    UnknownOutcome,
    WorkRefused,
)
from workflows.services.register_answers import ask_registers
from workflows.services.repairing import mend_answers, retry_step, skip_step
from workflows.services.resuming import send_resume_link, use_resume_link
from workflows.services.revealing import open_document, reveal
from workflows.services.revoking import revoke_certificate
from workflows.services.starts import open_case
from workflows.services.submitting import submit
from workflows.services.withdrawing import withdraw

__all__ = [
    "AlreadyDecided",
    "AlreadyTaken",
    "AlreadyVoted",
    "AnswersRefused",
    "Barred",
    "DraftMoved",
    "DraftSent",
    "FieldsMissing",
    "GivenByName",
    "HandedBack",
    "HandedTooOften",
    "HeldTooLong",
    "ImportReport",
    "NotAsked",
    "NotHeld",
    "NotOpen",
    "NotYours",
    "NothingChanged",
    "NothingToExplain",
    "NothingToPublish",
    "OnHold",
    "OpinionIncomplete",
    "OwnApplication",
    "PaymentAway",
    "PaymentLookedAt",
    "ReasonMissing",
    "SamePerson",
    "ServiceClosed",
    "UnknownOutcome",
    "WorkRefused",
    "act",
    "add_note",
    "answer_correction",
    "approve_amendment",
    "archive_case",
    "ask_beside",
    "ask_for_amendment",
    "ask_for_opinion",
    "ask_registers",
    "assign",
    "begin_payment",
    "cancel_case",
    "checked",
    "claim",
    "claim_next",
    "decide",
    "delegate",
    "discard_draft",
    "drop_opinion_file",
    "end_link",
    "escalate",
    "explain",
    "export_answers",
    "export_case_answers",
    "export_package",
    "export_queue",
    "export_working",
    "give_opinion",
    "hold",
    "import_package",
    "is_outdated",
    "keep_opinion_file",
    "mend_answers",
    "merge_case",
    "move_to_step",
    "name_flag",
    "note_opinion_read",
    "open_case",
    "open_document",
    "open_shown_document",
    "publish",
    "questions_of",
    "read_amendment",
    "rebase_draft",
    "rebased",
    "refuse_amendment",
    "release",
    "reopen_case",
    "report_faults",
    "resume",
    "retire_flag",
    "retry_step",
    "reveal",
    "revoke_certificate",
    "save_page",
    "save_typed",
    "send_resume_link",
    "set_draft_language",
    "set_flag",
    "skip_step",
    "start_correction",
    "start_draft",
    "submit",
    "take_at_desk",
    "take_flag_off",
    "take_opinion_back",
    "take_payment_message",
    "unarchive_case",
    "undo_last_step",
    "unsent_drafts",
    "use_resume_link",
    "withdraw",
]
