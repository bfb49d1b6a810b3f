"""What becomes of the words of a MOJ Forms service that have no place here."""

SENTENCES = {
    "standalone_pages": ("standalone", "Pages beside the form are not carried: the portal has its own."),
    "configuration": ("metadata", "The settings of the old system are not carried."),
    "metadata": ("metadata", "This belongs to the old system and is not carried."),
    "send_body": ("summary", "The text above the send button is not carried."),
    "send_heading": ("summary", "The title above the send button is not carried."),
    "components": ("summary", "Texts on the page of answers are not carried."),
    "extra_components": ("summary", "Texts on the page of answers are not carried."),
    "service_id": ("metadata", "Names of the old system are not carried."),
    "version_id": ("metadata", "Names of the old system are not carried."),
    "created_by": ("metadata", "Who made the service in the old system is not carried."),
    "created_at": ("metadata", "When the service was made in the old system is not carried."),
    "errors": ("message", "The own sentences of errors are not carried."),
    "min_word": ("setting", "The fewest words are not carried."),
    "width_class_input": ("styling", "How wide the input is drawn is not carried."),
    "title": ("author", "What authors call this is not carried: nobody else ever saw it."),
    "legend": ("author", "What else is said of a single choice is not carried: it was never shown."),
    "validation": ("author", "What else is said of a single choice is not carried: it was never shown."),
    "conditional_component": ("reveal", "A question that a choice reveals is not carried."),
    "virus_scan": ("setting", "Only files are looked through for viruses, and always."),
    "next": ("flow", "This step is on no way, so it is not carried."),
}
