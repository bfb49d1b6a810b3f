"""Identity numbers: their shape, and the checksums of python-stdnum that a department may ask for."""

import importlib
import re
from collections.abc import Mapping
from random import Random

# Only modules named here can be asked for: the name comes from a definition. Each with a number that holds.
CHECKSUMS: Mapping[str, str] = {
    "be.nn": "85073003328", "bg.egn": "7523169263", "br.cpf": "39053344705", "ch.ssn": "7569217076985",
    "cl.rut": "760864285", "cn.ric": "360426199101010071", "cz.rc": "7103192745", "de.idnr": "36574261809",
    "dk.cpr": "2110625629", "ee.ik": "36805280109", "es.dni": "54362315K", "es.nie": "X2482300W",
    "fr.nir": "295109912611193", "fr.nif": "3023217600053", "gb.nhs": "9434765870",
    "gr.amka": "01013099997", "hr.oib": "33392005961", "id.nik": "3171011708450001", "ie.pps": "6433435F",
    "il.idnr": "39337423", "in_.aadhaar": "234123412346", "is_.kennitala": "4504013150",
    "it.codicefiscale": "RCCMNL83S18D969H", "kr.rrn": "9710139019902", "lt.asmens": "33309240064",
    "luhn": "78949", "mx.curp": "BOXW310820HNERXN09", "my.nric": "770305021234", "nl.bsn": "111222333",
    "no.fodselsnummer": "15108695088", "pl.pesel": "44051401359", "pt.cc": "000000000ZZ4",
    "ro.cnp": "1630615123457", "se.personnummer": "8803200016", "si.emso": "0101006500006",
    "sk.rc": "7103192745", "th.pin": "1234545678781", "tr.tckimlik": "17291716060",
    "ua.rntrc": "1759013776", "us.ssn": "536904399", "verhoeff": "12340", "za.idnr": "7503305044089",
}  # fmt: skip

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


def made_by(pattern: str, random: Random) -> str:
    """A compact number of the shape, made up by chance."""
    signs = {"9": "0123456789", "A": "ABCDEFGHJKLMNPRSTUVWXYZ", "*": "ABCDEFGH0123456789"}
    return "".join(random.choice(signs.get(sign, sign)) for sign in SEPARATORS.sub("", pattern))
