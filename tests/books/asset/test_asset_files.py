"""Files of a card: kept beside the ledger by their SHA-256, shown on the card."""

import hashlib


def test_a_photo_is_kept_with_the_card_and_known_by_its_bytes(logi):
    for line in ("asset add 投影仪 --cost 3800 --code P-1", "asset add 投影仪 --cost 3800 --code P-2"):
        logi(line)
    photo = logi.folder / "照片.JPG"
    photo.write_bytes(b"\xff\xd8 a photo")
    digest = hashlib.sha256(b"\xff\xd8 a photo").hexdigest()
    kept = logi.ledger.parent / "attachments" / digest[:2] / f"{digest}.jpg"
    logi(f"asset attach P-1 --file {photo} --dry-run")
    assert not kept.exists()
    logi(f"asset attach P-1 P-2 --file {photo} --note 正面")
    assert kept.read_bytes() == b"\xff\xd8 a photo"
    for code in ("P-1", "P-2"):
        shown = logi(f"asset show {code}").out
        assert all(word in shown for word in ("照片.JPG", digest, "正面"))
    again = logi(f"asset attach P-2 --file {photo}", code=4)
    assert "P-2 has 照片.JPG already" in again.err
    logi("undo")
    assert "照片.JPG" not in logi("asset show P-1").out
    logi(f"asset attach P-1 --file {photo}")
    assert logi("audit verify").code == 0


def test_a_file_that_is_empty_or_not_there_is_refused(logi):
    logi("asset add 投影仪 --cost 3800 --code P-1")
    (logi.folder / "empty.pdf").write_bytes(b"")
    logi(f"asset attach P-1 --file {logi.folder}/empty.pdf", code=4)
    logi(f"asset attach P-1 --file {logi.folder}/none.pdf", code=6)
    logi("asset attach P-1", code=2)
    logi("asset attach P-9 --file x", code=6)
