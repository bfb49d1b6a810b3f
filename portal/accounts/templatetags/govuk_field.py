"""Shows a Django form field in the look of the portal."""

from typing import Any

from django import forms, template
from django.utils.safestring import SafeString

register = template.Library()
CLASSES: dict[type[Any], str] = {
    forms.CheckboxInput: "govuk-checkboxes__input",
    forms.Textarea: "govuk-textarea",
}


@register.filter
def govuk(field: forms.BoundField) -> SafeString:
    """Render the control with the portal's classes, tied to hint and error; never with a placeholder."""
    widget = field.field.widget
    widget.attrs.pop("placeholder", None)
    attributes: dict[str, Any] = {"class": CLASSES.get(type(widget), "govuk-input")}
    described = [f"{field.id_for_label}_helptext"] if field.help_text else []
    if field.errors:
        attributes["class"] += " govuk-input--error"
        described.append(f"{field.id_for_label}-error")
    if described:
        attributes["aria-describedby"] = " ".join(described)
    return field.as_widget(attrs=attributes)


@register.filter
def is_checkbox(field: forms.BoundField) -> bool:
    """True for a single tick box, whose label stands behind it."""
    return isinstance(field.field.widget, forms.CheckboxInput)
