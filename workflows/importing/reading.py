"""A document of any known format becomes workflows: the format is told by the document itself."""

from forms_library.importing.limits import MOST_BYTES, read_document
from forms_library.importing.port import Refused
from workflows.importing.port import Document, ImportedWorkflows, WorkflowImporter, workflow_importers

workflow_importers.discover("workflows.importers")


def read_source(content: bytes) -> Document:
    """The document in these bytes: JSON as its values, XML as it stands; raises Refused beyond the limits."""
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        if len(content) > MOST_BYTES:
            raise Refused(f"This file is larger than {MOST_BYTES // 1_000_000} MB.")
        return content
    return read_document(content)


def recognised(document: Document) -> WorkflowImporter | None:
    """The importer of the format of a document; None when no format is told."""
    return next((found for kind in workflow_importers if (found := kind()).recognises(document)), None)


def read_workflows(document: Document) -> ImportedWorkflows:
    """The workflows of a document, with the report; raises Refused when nothing can be read."""
    importer = recognised(document)
    if importer is None:
        names = ", ".join(str(kind.label) for kind in workflow_importers)
        raise Refused(f"This is no workflow of a format that is known here. Known are: {names}.")
    return importer.read(document)
