"""Workflows as BPMN 2.0 (ISO/IEC 19510), with their diagram."""

from workflows.bpmn.bringing_in import FromBpmn, read_bpmn
from workflows.bpmn.writing import write_bpmn

__all__ = ["FromBpmn", "read_bpmn", "write_bpmn"]
