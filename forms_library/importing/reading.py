"""A document of any known format becomes forms: the format is told by the document itself."""

from forms_library.importing.port import Document, Imported, Importer, Refused, importers

importers.discover("forms_library.importers")


def recognised(document: Document) -> Importer | None:
    """The importer of the format of a document; None when no format is told."""
    return next((found for kind in importers if (found := kind()).recognises(document)), None)


def read_forms(document: Document) -> Imported:
    """The forms of a document, with the report; raises Refused when nothing can be read."""
    importer = recognised(document)
    if importer is None:
        names = ", ".join(str(kind.label) for kind in importers)
        raise Refused(f"This is no form of a format that is known here. Known are: {names}.")
    return importer.read(document)
