"""Identity numbers: their shape, and the checksums of python-stdnum that a department may ask for."""

import importlib
import re

# Only modules named here can be asked for: the name comes from a definition.
CHECKSUMS = (
    "be.nn", "bg.egn", "br.cpf", "ch.ssn", "cl.rut", "cn.ric", "cz.rc", "de.idnr", "dk.cpr", "ee.ik",
    "es.dni", "es.nie", "fi.hetu", "fr.nir", "fr.nif", "gb.nhs", "gr.amka", "hr.oib", "id.nik",
    "ie.pps", "il.idnr", "in_.aadhaar", "is_.kennitala", "it.codicefiscale", "kr.rrn", "lt.asmens",
    "luhn", "mx.curp", "my.nric", "nl.bsn", "no.fodselsnummer", "pl.pesel", "pt.cc", "ro.cnp",
    "se.personnummer", "si.emso", "sk.rc", "th.pin", "tr.tckimlik", "ua.rntrc", "us.ssn", "verhoeff",
    "za.idnr",
)  # fmt: skip

SEPARATORS = re.compile(r"[\s./-]+")
ALLOWED = re.compile(r"[0-9A-Z]+")
SHAPES = {"9": str.isdigit, "A": str.isalpha, "*": str.isalnum}


def compact(text: str) -> str:
    """The number without spaces, dots, dashes and slashes, in capitals."""
    return SEPARATORS.sub("", text).upper()


def fits(number: str, pattern: str) -> bool:
    """Whether a compact number has the shape: 9 is a digit, A a letter, * either; anything else is itself."""
    shape = SEPARATORS.sub("", pattern)
    if len(number) != len(shape) or not ALLOWED.fullmatch(number):
        return False
    return all(
        SHAPES[sign](character) if sign in SHAPES else sign == character
        for sign, character in zip(shape, number, strict=True)
    )


def spaced(number: str, pattern: str) -> str:
    """The compact number with the separators of its pattern, as people write it."""
    rest = iter(number)
    return "".join(sign if SEPARATORS.fullmatch(sign) else next(rest, "") for sign in pattern) + "".join(rest)


def checksum_holds(number: str, name: str) -> bool:
    """Whether the check digits fit, by the module of python-stdnum of that name."""
    return bool(importlib.import_module(f"stdnum.{name}").is_valid(number))
