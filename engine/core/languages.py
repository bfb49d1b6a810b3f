"""What a page must know of a language: its direction and what its readers call it."""

from typing import Literal

RIGHT_TO_LEFT = frozenset(
    ["ar", "arc", "ckb", "dv", "fa", "he", "ku", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"]
)
RIGHT_TO_LEFT_SCRIPTS = frozenset(["Adlm", "Arab", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa"])

OWN_NAMES = {
    "am": "አማርኛ", "ar": "العربية", "az": "azərbaycan", "be": "беларуская", "bg": "български",
    "bn": "বাংলা", "bs": "bosanski", "ca": "català", "ckb": "کوردیی ناوەندی", "cs": "čeština",
    "cy": "Cymraeg", "da": "dansk", "de": "Deutsch", "dv": "ދިވެހި", "el": "Ελληνικά",
    "en": "English", "es": "español", "et": "eesti", "eu": "euskara", "fa": "فارسی",
    "fi": "suomi", "fil": "Filipino", "fr": "français", "ga": "Gaeilge", "gd": "Gàidhlig",
    "gl": "galego", "gu": "ગુજરાતી", "ha": "Hausa", "he": "עברית", "hi": "हिन्दी",
    "hr": "hrvatski", "hu": "magyar", "hy": "հայերեն", "id": "Indonesia", "ig": "Igbo",
    "is": "íslenska", "it": "italiano", "ja": "日本語", "ka": "ქართული", "kk": "қазақ тілі",
    "km": "ខ្មែរ", "kn": "ಕನ್ನಡ", "ko": "한국어", "ku": "kurdî", "ky": "кыргызча",
    "lb": "Lëtzebuergesch", "lo": "ລາວ", "lt": "lietuvių", "lv": "latviešu", "mi": "te reo Māori",
    "mk": "македонски", "ml": "മലയാളം", "mn": "монгол", "mr": "मराठी", "ms": "Melayu",
    "mt": "Malti", "my": "မြန်မာ", "nb": "norsk bokmål", "ne": "नेपाली", "nl": "Nederlands",
    "nn": "nynorsk", "om": "Oromoo", "pa": "ਪੰਜਾਬੀ", "pl": "polski", "ps": "پښتو",
    "pt": "português", "ro": "română", "ru": "русский", "rw": "Kinyarwanda", "sd": "سنڌي",
    "si": "සිංහල", "sk": "slovenčina", "sl": "slovenščina", "so": "Soomaali", "sq": "shqip",
    "sr": "српски", "sv": "svenska", "sw": "Kiswahili", "ta": "தமிழ்", "te": "తెలుగు",
    "tg": "тоҷикӣ", "th": "ไทย", "ti": "ትግርኛ", "tk": "türkmen dili", "tr": "Türkçe",
    "ug": "ئۇيغۇرچە", "uk": "українська", "ur": "اردو", "uz": "o‘zbek", "vi": "Tiếng Việt",
    "xh": "isiXhosa", "yi": "ייִדיש", "yo": "Èdè Yorùbá", "zh": "中文", "zh-Hans": "简体中文",
    "zh-Hant": "繁體中文", "zu": "isiZulu",
}  # fmt: skip


def direction(language: str) -> Literal["ltr", "rtl"]:
    """The direction of writing, by the script where the code names one, else by the language."""
    base, *subtags = language.split("-")
    script = next((tag.title() for tag in subtags if len(tag) == 4 and tag.isalpha()), "")
    if script:
        return "rtl" if script in RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if base.lower() in RIGHT_TO_LEFT else "ltr"


def own_name(language: str) -> str:
    """The name of a language as its readers write it; the code itself where we do not know."""
    return OWN_NAMES.get(language) or OWN_NAMES.get(language.split("-")[0].lower()) or language
