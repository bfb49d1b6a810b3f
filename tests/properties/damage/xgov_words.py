"""Everything that forms of digital-form-builder are known to hold: types, settings, operators."""

from __future__ import annotations

from typing import Any

TYPES = (
    "TextField", "MultilineTextField", "FreeTextField", "YesNoField", "DateField", "TimeField",
    "DateTimeField", "DatePartsField", "MonthYearField", "DateTimePartsField", "SelectField",
    "AutocompleteField", "RadiosField", "CheckboxesField", "NumberField", "UkAddressField",
    "TelephoneNumberField", "EmailAddressField", "FileUploadField", "ClientSideFileUploadField",
    "MultiInputField", "WebsiteField", "Para", "Html", "InsetText", "Details", "FlashCard", "List",
    "WarningText", "ContextComponent", "SomethingNewField",
)  # fmt: skip
OPTIONS: dict[str, tuple[Any, ...]] = {
    "hideTitle": (True, False), "required": (True, False, "false"), "optionalText": (True, False),
    "classes": ("govuk-input--width-10", "govuk-input--width-3 odd", "govuk-!-width-full"),
    "allow": (",",), "autocomplete": ("given-name", "off"), "prefix": ("£", "€", {"en": "GBP", "cy": "PBT"}),
    "suffix": ("kg", "per cent"), "maxWords": (500, "250", "0", 9_999, "many"), "rows": (2, 5, "40", 1),
    "exposeToContext": (True, False), "bold": (True,), "multiple": (True, False), "type": ("radios",),
    "maxDaysInFuture": (0, 30, "7", 99_999), "maxDaysInPast": (0, 365, -3, "x"), "divider": ("or",),
    "customValidationMessage": ("No!",), "customValidationMessages": ({"any.required": "Say it"},),
    "columnTitles": (["Name", "Cost", "Action"],), "condition": ("never", "c0"), "disabled": (True,),
    "behaviour": ("exclusive",), "behaviourItemValue": ("none", "Not sure"),
    "minimumRequiredFiles": (0, 1, 99),
    "dropzoneConfig": (
        {"maxFiles": 2, "maxFilesize": 10, "acceptedFiles": "image/jpeg,video/mp4,.pdf",
         "parallelUploads": 1},
        {"maxFiles": 500, "maxFilesize": 2_000}, {"acceptedFiles": ""},
    ),
    "showNoScriptWarning": (True, False), "textFieldName": ("other",), "allowPrePopulation": (True,),
    "postcodeLookup": (True,), "summaryTitle": ("Short",), "regex": ("^[0-9]+$",), "list": ("l0", "nolist"),
    "finalTextLabel": ("x",), "contentHeading": ("x",),
}  # fmt: skip
SCHEMA: dict[str, tuple[Any, ...]] = {
    "min": (0, 1, 5, -3, 0.5, "2"), "max": (1, 10, 70, 5_000, 10**9, "70", 0), "length": (5, 2_000),
    "regex": ("^[A-Z]{2}[0-9]{3}$", "[0-9]+", "(?=a)b", "", "(("), "precision": (0, 2, 9, "2", -1),
    "integer": (True, False), "error": ({"a": 1},), "dataType": ("list",),
}  # fmt: skip
PAGE: dict[str, tuple[Any, ...]] = {
    "controller": (
        "./pages/start.js", "./pages/summary.js", "RepeatingFieldPageController", "StartPageController",
        "SummaryPageController", "ContinuePageController", "ConfirmPageController", "./pages/confirm.js",
        "MiniSummaryPageController", "RepeatingSummaryPageController", "UploadPageController",
        "MultiStartPageController", "OddController",
    ),
    "section": ("s0", "nosection"), "repeatField": ("count",), "unauthenticated": (True,),
    "sidebarContent": ({"title": "Beside"},), "backLinkFallback": ("/help",), "disableBackLink": (True,),
    "disableSingleComponentAsHeading": (True,), "showContinueButton": (True,), "continueButtonText": ("Go",),
    "options": ({"summaryDisplayMode": {"samePage": True}, "customText": {"samePageTitle": "Yours"}},),
    "startPageNavigation": ({"next": {"labelText": "x", "href": "/x"}},), "title": ({"en": "A", "cy": "B"},),
    "sectionForExitJourneySummaryPages": ("s0",), "condition": ("c0",), "subSection": ("x",),
}  # fmt: skip
NOTIFY = {"templateId": "t", "emailReplyToIdConfiguration": [{"emailReplyToId": "e", "condition": "c0"}]}
CONFIRMED = {"type": "Para", "name": "p", "content": "Yes", "options": {"condition": "c0"}}
WHOLE: dict[str, tuple[Any, ...]] = {
    "name": ("A form", {"en": "A form", "cy": "Ffurflen"}, "", 5), "startPage": ("/gone", "", "/summary"),
    "fees": ([{"description": "Fee", "amount": 10, "condition": "c0"}, {"amount": "x"}],),
    "outputs": ([{"name": "o", "type": "notify", "outputConfiguration": NOTIFY}],),
    "declaration": ("<p>I agree</p>", ""), "metadata": ({"isWelsh": True}, {"a": [1, {"b": 2}]}),
    "feedback": ({"feedbackForm": True, "url": "/f", "emailAddress": "a@example.org"},),
    "phaseBanner": ({"phase": "alpha"}, {}), "skipSummary": (True, False), "version": (1, 2, "3"),
    "payApiKey": ("k", {"test": "a"}), "paymentReferenceFormat": ("X-{{DATE}}",), "authentication": (True,),
    "feeOptions": ({"maxAttempts": 3, "allowSubmissionWithoutPayment": False},), "jwtKey": ("s",),
    "specialPages": ({"confirmationPage": {"components": [CONFIRMED]}},),
    "exitOptions": ({"url": "https://example.org", "format": "STATE"},), "markAsComplete": (True, False),
    "toggle": ("x",), "analytics": ({"gtmId1": "g"},), "fullStartPage": ("https://example.org",),
    "serviceName": ("Service",), "returnTo": (True,), "allowedDomains": (["example.org"],),
    "magicLinkConfig": ("m",), "webhookHmacSharedKey": ("h",),
}  # fmt: skip
OPERATORS = (
    "is", "is not", "contains", "does not contain", "is at least", "is at most", "is less than",
    "is more than", "is before", "is after", "is longer than", "is shorter than", "has length", "matches",
    "is odd", "",
)  # fmt: skip
VALUES = (
    "true", "false", "Other", "none", "5", "2024-01-31", "1.5", "", "x" * 300, "O'Brien \"q\"", "2024-99-99",
)  # fmt: skip
STRINGS = (
    "{a} == true", "{a}=='x' and {b} != 'y'", "not ({a} == 'x')", "{a} > 3 or {b} <= 2.5", "'x' in {a}",
    "not ('x' in {a})", "length({a}) > 3", "{a} < dateForComparison(-18, 'years')", "{a} == {b}", "{a}",
    "({a} == 'x'", "{a} ==", "gone.field == true", "!{a}", "{a} && {b}", "{a} ?? {b}", "",
)  # fmt: skip
CONTENTS = (
    "Words", "<p>Words <a href='https://example.org' target='_blank'>link</a></p>", "",
    "<table><tr><td>1</td></tr></table>", "<details><summary>More</summary>Inside</details>",
    "{{ name }} words", "<img alt='Map' src='x.png'>",
)  # fmt: skip
