"""A service in English, Welsh and Urdu: our own sentences are in one of them only."""

from typing import Any

WELSH, URDU = "cy", "ur"


def said(english: str, welsh: str, urdu: str = "") -> dict[str, str]:
    """A text of the definition; some are not translated into Urdu yet."""
    return {"en": english, WELSH: welsh} | ({URDU: urdu} if urdu else {})


PERMIT: dict[str, Any] = {
    "format": 1,
    "key": "resident-permit",
    "title": said(
        "Apply for a resident parking permit",
        "Gwneud cais am drwydded barcio i breswylwyr",
        "رہائشی پارکنگ پرمٹ کے لیے درخواست دیں",
    ),
    "summary": said(
        "For people who live in a street with parking places.",
        "I bobl sy’n byw mewn stryd â lleoedd parcio.",
        "ان لوگوں کے لیے جو پارکنگ والی گلی میں رہتے ہیں۔",
    ),
    "languages": ["en", WELSH, URDU],
    "reference_prefix": "PRK",
    "facts": {"fee": said("25 pounds", "25 punt", "25 پاؤنڈ")},
    "you_need": [said("The number of your car", "Rhif eich car", "آپ کی گاڑی کا نمبر")],
    "forms": {
        "application": {
            "title": said("Resident parking permit", "Trwydded barcio i breswylwyr", "رہائشی پارکنگ پرمٹ"),
            "pages": [
                {
                    "key": "you",
                    "title": said("About you", "Amdanoch chi", "آپ کے بارے میں"),
                    "fields": [
                        {
                            "key": "holder",
                            "type": "short_text",
                            "label": said("Full name", "Enw llawn", "پورا نام"),
                            "hint": said(
                                "As in your passport", "Fel yn eich pasbort", "جیسا کہ پاسپورٹ میں ہے"
                            ),
                        },
                        {
                            "key": "since",
                            "type": "date",
                            "label": said("Living there since", "Yn byw yno ers", "وہاں کب سے رہتے ہیں"),
                        },
                        {
                            "key": "street",
                            "type": "short_text",
                            "label": said("Street", "Stryd"),
                            "required": False,
                        },
                    ],
                },
                {
                    "key": "cars",
                    "title": said("Your cars", "Eich ceir", "آپ کی گاڑیاں"),
                    "fields": [
                        {
                            "key": "kind",
                            "type": "radio",
                            "label": said(
                                "What drives your car?", "Beth sy’n gyrru eich car?", "گاڑی کس سے چلتی ہے؟"
                            ),
                            "options": {
                                "choices": [
                                    {"key": "petrol", "label": said("Petrol", "Petrol", "پیٹرول")},
                                    {"key": "power", "label": said("Electricity", "Trydan", "بجلی")},
                                ]
                            },
                        },
                        {
                            "key": "paid",
                            "type": "currency",
                            "label": said("Tax paid", "Treth a dalwyd", "ادا شدہ ٹیکس"),
                            "options": {"currency": "GBP"},
                        },
                        {
                            "key": "others",
                            "type": "repeating_group",
                            "label": said("Other cars", "Ceir eraill", "دیگر گاڑیاں"),
                            "options": {
                                "min": 0,
                                "max": 3,
                                "item_label": said("Car", "Car", "گاڑی"),
                                "fields": [
                                    {
                                        "key": "plate",
                                        "type": "short_text",
                                        "label": said("Number of the car", "Rhif y car", "گاڑی کا نمبر"),
                                    }
                                ],
                            },
                        },
                    ],
                },
            ],
        }
    },
    "workflow": {
        "decide_within": {"working_days": 3},
        "start": "applied",
        "nodes": [
            {
                "key": "applied",
                "type": "start",
                "form": "application",
                "title": said("Applied", "Cais", "درخواست"),
                "status_text": said("You applied", "Rydych wedi gwneud cais", "آپ نے درخواست دی"),
                "next": "received",
            },
            {
                "key": "received",
                "type": "send_message",
                "title": said("Confirm receipt", "Cadarnhau", "تصدیق"),
                "message": "received",
                "to": "applicant",
                "next": "look",
            },
            {
                "key": "look",
                "type": "approval",
                "title": said("Check the street", "Gwirio’r stryd", "گلی کی جانچ"),
                "status_text": said(
                    "We check your street", "Rydym yn gwirio eich stryd", "ہم گلی کی جانچ کرتے ہیں"
                ),
                "role": "clerk",
                "approve": "permit",
                "reject": "refused",
                "return": "correct",
            },
            {
                "key": "correct",
                "type": "applicant_task",
                "title": said("Correct your answers", "Cywiro eich atebion", "جوابات درست کریں"),
                "status_text": said("Waiting for you", "Yn aros amdanoch", "آپ کا انتظار ہے"),
                "next": "look",
            },
            {
                "key": "permit",
                "type": "issue_certificate",
                "title": said("Issue the permit", "Cyhoeddi’r drwydded", "پرمٹ جاری کریں"),
                "certificate": "permit",
                "next": "approved",
            },
            {
                "key": "approved",
                "type": "end",
                "outcome": "approved",
                "title": said("Approved", "Cymeradwywyd", "منظور"),
                "status_text": said("Your permit is ready", "Mae eich trwydded yn barod", "پرمٹ تیار ہے"),
            },
            {
                "key": "refused",
                "type": "end",
                "outcome": "refused",
                "title": said("Refused", "Gwrthodwyd", "مسترد"),
                "status_text": said("We refused", "Gwrthodwyd", "ہم نے مسترد کیا"),
            },
        ],
    },
    "certificates": {
        "permit": {
            "title": said("Resident parking permit", "Trwydded barcio i breswylwyr", "رہائشی پارکنگ پرمٹ"),
            "statement": said(
                "This person may park in the street named here.",
                "Caiff y person hwn barcio yn y stryd a enwir yma.",
                "یہ شخص یہاں درج گلی میں گاڑی کھڑی کر سکتا ہے۔",
            ),
            "prefix": "RP",
            "languages": [WELSH, URDU],
            "holder": "holder",
            "valid_for": {"months": 12},
            "rows": [{"field": "holder"}, {"field": "since"}, {"field": "kind"}],
        }
    },
    "messages": {
        "received": {
            "subject": said(
                "We have your application {reference}",
                "Mae eich cais {reference} gyda ni",
                "آپ کی درخواست {reference} مل گئی",
            ),
            "body": said(
                "We check your street. You hear from us by {due}.",
                "Rydym yn gwirio eich stryd. Byddwch yn clywed gennym erbyn {due}.",
                "ہم آپ کی گلی کی جانچ کر رہے ہیں۔ آپ کو {due} تک جواب ملے گا۔",
            ),
            "action": said("Follow your application", "Dilyn eich cais", "اپنی درخواست دیکھیں"),
        }
    },
}
