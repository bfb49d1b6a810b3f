from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image, PngImagePlugin

from engine.documents.metadata import MetadataStays, size_of, without_metadata
from engine.documents.reading import read_verified
from engine.documents.soundness import Unsound
from engine.documents.uploads import PictureRules, UploadRefused, save_upload
from forms_library.uploads import UPLOAD_ERRORS

KINDS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
SECRETS = (b"Camera of Leila", b"41.1496", b"taken at home")


def picture(content_type: str, *, orientation: int | None = None, secrets: bool = True) -> bytes:
    """A small picture with everything that cameras and programs write into one."""
    image = Image.effect_noise((64, 48), 40).convert("RGB")
    exif = image.getexif()
    if secrets:
        exif[0x010F], exif[0x010E] = "Camera of Leila", "taken at home"
        exif.get_ifd(0x8825)[29] = "41.1496"
    if orientation:
        exif[0x0112] = orientation
    more: dict = {"exif": exif, "icc_profile": b"colours of the screen" * 9}
    if content_type == "image/png" and secrets:
        more["pnginfo"] = PngImagePlugin.PngInfo()
        more["pnginfo"].add_text("Comment", "taken at home")
        more["pnginfo"].add_itxt("Author", "Camera of Leila")
    if content_type == "image/jpeg":
        more |= {"comment": "taken at home", "progressive": True} if secrets else {}
    if content_type == "image/webp" and secrets:
        more["xmp"] = b"<x>taken at home</x>"
    out = io.BytesIO()
    image.save(out, KINDS[content_type], **more)
    return out.getvalue()


def stripped(data: bytes, content_type: str) -> bytes:
    with without_metadata(io.BytesIO(data), content_type) as out:
        return out.read()


def pixels(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as image:
        return image.tobytes()


@pytest.mark.parametrize("content_type", KINDS)
def test_nothing_a_camera_wrote_stays_and_the_picture_is_the_same(content_type):
    data = picture(content_type)
    assert all(secret in data for secret in SECRETS[:1])
    clean = stripped(data, content_type)
    assert not any(secret in clean for secret in SECRETS)
    assert pixels(clean) == pixels(data)
    with Image.open(io.BytesIO(clean)) as image:
        assert dict(image.getexif()) == {}
        assert image.info["icc_profile"] == b"colours of the screen" * 9
        assert not {"comment", "xmp", "Comment", "Author"} & set(image.info)


@pytest.mark.parametrize("content_type", KINDS)
@pytest.mark.parametrize("orientation", [2, 6, 8])
def test_which_side_is_up_stays_and_nothing_else(content_type, orientation):
    clean = stripped(picture(content_type, orientation=orientation), content_type)
    with Image.open(io.BytesIO(clean)) as image:
        assert dict(image.getexif()) == {0x0112: orientation}
    assert not any(secret in clean for secret in SECRETS)


def test_what_hangs_behind_a_picture_is_cut_off():
    data = picture("image/jpeg", secrets=False)
    assert stripped(data + b"a second picture, taken at home", "image/jpeg") == stripped(data, "image/jpeg")
    png = picture("image/png", secrets=False)
    assert stripped(png + b"taken at home", "image/png") == stripped(png, "image/png")


def test_doing_it_twice_changes_nothing():
    for content_type in KINDS:
        once = stripped(picture(content_type, orientation=3), content_type)
        assert stripped(once, content_type) == once


def test_a_private_part_of_a_png_is_taken_out():
    data = picture("image/png", secrets=False)
    part = b"prVt" + b"taken at home"
    chunk = struct.pack(">I", len(part) - 4) + part + struct.pack(">I", zlib.crc32(part))
    assert b"taken at home" not in stripped(data[:33] + chunk + data[33:], "image/png")


@pytest.mark.parametrize("content_type", KINDS)
def test_a_picture_that_is_cut_or_bent_is_refused_or_copied_and_never_breaks(content_type):
    data = picture(content_type, orientation=6)
    for cut in range(0, len(data), 7):
        try:
            stripped(data[:cut], content_type)
            stripped(data[:cut] + b"\xff" + data[cut + 1 :], content_type)
        except Unsound as refused:
            assert refused.code == "broken"


def test_kinds_that_cannot_be_cleaned_are_refused_and_others_are_left_alone():
    with pytest.raises(MetadataStays):
        without_metadata(io.BytesIO(b"GIF89a"), "image/gif")
    pdf = io.BytesIO(b"%PDF")
    assert without_metadata(pdf, "application/pdf") is pdf


def test_a_file_that_spans_many_pieces_is_the_same():
    image = Image.effect_noise((900, 700), 90)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=98, comment=b"taken at home")
    clean = stripped(out.getvalue(), "image/jpeg")
    assert len(clean) > 5 * 64 * 1024
    assert pixels(clean) == pixels(out.getvalue())


def test_the_size_is_read_from_the_head():
    assert size_of(io.BytesIO(picture("image/png")), "image/png") == (64, 48)
    assert size_of(io.BytesIO(b"%PDF"), "application/pdf") is None


def upload(data, department, owner, **rules):
    return save_upload(
        io.BytesIO(data),
        name="stall.jpg",
        department=department,
        owner=owner,
        allowed=frozenset({"image/jpeg", "image/gif"}),
        limit_bytes=1_000_000,
        picture=PictureRules(**rules),
    )


def test_an_upload_is_stored_without_it_when_that_is_wanted(stored_at, licensing, citizen):
    data = picture("image/jpeg", orientation=6)
    document = upload(data, licensing, citizen, strip_metadata=True)
    with read_verified(document) as file:
        kept = file.read()
    assert (kept, document.size) == (stripped(data, "image/jpeg"), len(kept))
    with read_verified(upload(data, licensing, citizen)) as file:
        assert file.read() == data


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        ({"max_width": 63}, "too_many_pixels"),
        ({"max_height": 47}, "too_many_pixels"),
        ({"max_width": 64}, ""),
    ],
)
def test_a_picture_with_too_many_pixels_for_its_question_is_refused(rules, code, licensing, citizen):
    if not code:
        assert upload(picture("image/jpeg"), licensing, citizen, **rules).size
        return
    with pytest.raises(UploadRefused) as refused:
        upload(picture("image/jpeg"), licensing, citizen, **rules)
    assert refused.value.code == code
    assert "{name}" in UPLOAD_ERRORS[code].in_("en")


def test_a_kind_that_cannot_be_cleaned_is_refused_with_what_to_do(licensing, citizen):
    out = io.BytesIO()
    Image.new("P", (4, 4)).save(out, "GIF")
    with pytest.raises(UploadRefused) as refused:
        upload(out.getvalue(), licensing, citizen, strip_metadata=True)
    assert "JPG or PNG" in UPLOAD_ERRORS[refused.value.code].in_("en")
