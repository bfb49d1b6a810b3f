"""Trying a workflow out: a whole case is played through the real engine; nothing of it stays or leaves."""

from workflows.dry_run.coverage import Coverage, coverage_of
from workflows.dry_run.playing import (
    play,
    play_and_look,
    require_reader,
    sample_certificate,
    sample_document,
)
from workflows.dry_run.refusing import ActRefused
from workflows.dry_run.report import Report
from workflows.dry_run.saving import Replayed, remove_scenario, replay_all, save_scenario
from workflows.dry_run.script import Act, Script, read_script

__all__ = [
    "Act",
    "ActRefused",
    "Coverage",
    "Replayed",
    "Report",
    "Script",
    "coverage_of",
    "play",
    "play_and_look",
    "read_script",
    "remove_scenario",
    "replay_all",
    "require_reader",
    "sample_certificate",
    "sample_document",
    "save_scenario",
]
