"""What an uploaded file must be, and how a form learns that it was not taken."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.core.files.uploadedfile import UploadedFile

from engine.core.text import Text

# The kinds of file that a department may ask for, by the name that people know.
CONTENT_TYPES: Mapping[str, tuple[str, ...]] = {
    "pdf": ("application/pdf",),
    "jpg": ("image/jpeg",),
    "png": ("image/png",),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",),
    "odt": ("application/vnd.oasis.opendocument.text",),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet",),
    "txt": ("text/plain",),
    "csv": ("text/csv",),
    "webp": ("image/webp",),
    "tiff": ("image/tiff",),
}

# By the codes with which the store of documents refuses a file; {wanted} says which files are taken.
UPLOAD_ERRORS: Mapping[str, Text] = {
    "wrong_type": Text({
        "en": "{name} could not be used. Add a {wanted}",
        "fr": "{name} n’a pas pu être utilisé. Ajoutez un fichier {wanted}",
        "ar": "تعذر استخدام {name}. أضف ملف {wanted}",
    }),
    "too_large": Text({
        "en": "{name} is too large. Add a {wanted}",
        "fr": "{name} est trop volumineux. Ajoutez un fichier {wanted}",
        "ar": "حجم {name} كبير جدًا. أضف ملف {wanted}",
    }),
    "empty": Text({
        "en": "{name} is empty. Add a {wanted}",
        "fr": "{name} est vide. Ajoutez un fichier {wanted}",
        "ar": "{name} فارغ. أضف ملف {wanted}",
    }),
    "broken": Text({
        "en": "{name} could not be opened. Save it again and add the new file",
        "fr": "{name} n’a pas pu être ouvert. Enregistrez-le à nouveau et ajoutez le nouveau fichier",
        "ar": "تعذر فتح {name}. احفظه من جديد وأضف الملف الجديد",
    }),
    "locked": Text({
        "en": "{name} is protected by a password. Add a copy without one",
        "fr": "{name} est protégé par un mot de passe. Ajoutez une copie sans mot de passe",
        "ar": "{name} محمي بكلمة مرور. أضف نسخة بدونها",
    }),
    "active_content": Text({
        "en": "{name} contains a program. Print it to a new PDF and add that",
        "fr": "{name} contient un programme. Imprimez-le dans un nouveau PDF et ajoutez celui-ci",
        "ar": "يحتوي {name} على برنامج. اطبعه في ملف PDF جديد وأضفه",
    }),
    "too_many_pixels": Text({
        "en": "{name} is too large a picture. Add a smaller one",
        "fr": "L’image {name} est trop grande. Ajoutez-en une plus petite",
        "ar": "الصورة {name} كبيرة جدًا. أضف صورة أصغر",
    }),
    "too_many_pages": Text({
        "en": "{name} has too many pages. Add a PDF of no more than {pages}",
        "fr": "{name} a trop de pages. Ajoutez un PDF de {pages} au plus",
        "ar": "عدد صفحات {name} كبير جدًا. أضف ملف PDF لا يتجاوز {pages} صفحة",
    }),
    "metadata": Text({
        "en": "We could not take hidden data out of {name}. Save it as JPG or PNG and add that",
        "fr": "{name} garde des données cachées que nous ne pouvons pas retirer. Ajoutez-le en JPG ou PNG",
        "ar": "لم نتمكن من إزالة البيانات المخفية من {name}. احفظه بصيغة JPG أو PNG وأضفه",
    }),
    "too_many_files": Text({
        "en": "There is no room for {name} on this page. Remove a file, or add a smaller one",
        "fr": "Il n’y a plus de place pour {name} ici. Retirez un fichier ou ajoutez-en un plus petit",
        "ar": "لا يوجد مكان للملف {name} في هذه الصفحة. احذف ملفًا أو أضف ملفًا أصغر",
    }),
    "infected": Text({
        "en": "We found a virus in {name}, so we deleted it",
        "fr": "Nous avons trouvé un virus dans {name} et l’avons supprimé",
        "ar": "عثرنا على فيروس في {name} فحذفناه",
    }),
    "scanner_away": Text({
        "en": "We could not check {name} for viruses. Add it again in a few minutes",
        "fr": "Nous n’avons pas pu vérifier {name}. Ajoutez-le à nouveau dans quelques minutes",
        "ar": "لم نتمكن من فحص {name}. أضفه مرة أخرى بعد بضع دقائق",
    }),
}  # fmt: skip


@dataclass(frozen=True)
class UploadRules:
    """What is wanted of the file of one field."""

    field_key: str
    data_class: str
    allowed: frozenset[str]
    limit_bytes: int
    several: bool = False
    least: int = 1
    most: int = 1
    strip_metadata: bool = False
    max_width: int | None = None
    max_height: int | None = None
    max_pages: int | None = None


class FileRefused(Exception):
    """The store did not take the file; the code is one of UPLOAD_ERRORS."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


SentFile: TypeAlias = "UploadedFile[Any]"
Upload = Callable[[SentFile, UploadRules], Mapping[str, Any]]
"""Stores a file and returns {"document": uuid, "name": ..., "size": ..., "type": ...}; raises FileRefused."""
