"""The words that every letter has; another language is one more entry in each."""

from engine.core.text import Text

DEAR = Text({"en": "Dear {name},", "fr": "Bonjour {name},", "ar": "مرحبًا {name}،"})
HELLO = Text({"en": "Hello,", "fr": "Bonjour,", "ar": "مرحبًا،"})
REFERENCE = Text({"en": "Reference:", "fr": "Référence :", "ar": "الرقم المرجعي:"})
WRITES = Text({"en": "{signed} writes:", "fr": "{signed} écrit :", "ar": "كتب {signed}:"})
TELEPHONE = Text({"en": "telephone", "fr": "téléphone", "ar": "هاتف"})
COMMA = Text({"en": ", ", "ar": "، "})
NEVER_ASK = Text(
    {
        "en": "We never ask for a password or a payment by e-mail.",
        "fr": "Nous ne demandons jamais de mot de passe ni de paiement par courriel.",
        "ar": "لا نطلب أبدًا كلمة مرور أو دفعة مالية عبر البريد الإلكتروني.",
    }
)
OUR_ADDRESS = Text(
    {
        "en": "You can also type our address yourself:",
        "fr": "Vous pouvez aussi saisir notre adresse vous-même :",
        "ar": "يمكنك أيضًا كتابة عنواننا بنفسك:",
    }
)
