"""Forms of codes that many departments ask for, each with how it is tidied, an example and the keyboard."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mask:
    """A code of known form: its pattern after tidying, and how it is written for people."""

    pattern: str
    example: str
    drop_spaces: bool = True
    capitals: bool = True
    numeric: bool = False
    space_before_last: int = 0
    autocomplete: str | None = None

    def tidied(self, text: str) -> str:
        """The code as it is compared with the pattern."""
        text = "".join(text.split()) if self.drop_spaces else text
        text = text.upper() if self.capitals else text
        if self.space_before_last and len(text) > self.space_before_last:
            return f"{text[: -self.space_before_last]} {text[-self.space_before_last :]}"
        return text


def _postcode(pattern: str, example: str, *, numeric: bool = False, space_before_last: int = 0) -> Mask:
    return Mask(
        pattern, example, numeric=numeric, space_before_last=space_before_last, autocomplete="postal-code"
    )


MASKS = {
    "postcode_gb": _postcode(
        r"(GIR 0AA|[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][ABD-HJLNP-UW-Z]{2})", "SW1A 1AA", space_before_last=3
    ),
    "postcode_ie": _postcode(
        r"[AC-FHKNPRTV-Y][0-9][0-9W] [0-9AC-FHKNPRTV-Y]{4}", "D02 AF30", space_before_last=4
    ),
    "postcode_fr": _postcode(r"[0-9]{5}", "69001", numeric=True),
    "postcode_de": _postcode(r"[0-9]{5}", "10115", numeric=True),
    "postcode_es": _postcode(r"(0[1-9]|[1-4][0-9]|5[0-2])[0-9]{3}", "28001", numeric=True),
    "postcode_nl": _postcode(r"[1-9][0-9]{3} [A-Z]{2}", "1012 AB", space_before_last=2),
    "postcode_ca": _postcode(r"[A-Z][0-9][A-Z] [0-9][A-Z][0-9]", "K1A 0B1", space_before_last=3),
    "postcode_us": _postcode(r"[0-9]{5}(-[0-9]{4})?", "20500", numeric=True),
    "company_number_gb": Mask(r"([0-9]{8}|[A-Z]{2}[0-9]{6}|R[0-9]{7})", "01234567"),
    "charity_number_gb": Mask(r"[0-9]{6,7}(-[0-9]{1,2})?", "1234567", numeric=True),
    "vat_number_eu": Mask(r"[A-Z]{2}[0-9A-Z+*]{2,12}", "FR40303265045"),
    "iban": Mask(r"[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}", "GB33BUKB20201555555555"),
    "sort_code_gb": Mask(r"[0-9]{6}", "200415", numeric=True),
    "vehicle_plate_gb": Mask(r"[A-Z]{2}[0-9]{2} [A-Z]{3}", "AB12 CDE", space_before_last=3),
    "colour_hex": Mask(r"#[0-9A-F]{6}", "#17405C"),
    "letters_and_digits": Mask(r"[0-9A-Z]+", "AB12", drop_spaces=True),
    "digits": Mask(r"[0-9]+", "1234", numeric=True),
}
