"""Vectors of texts from the table that a package carries."""

import json
import subprocess
import sys

import numpy as np
import pytest

from newsdesk import embed
from newsdesk.embed import pieces
from newsdesk.embed.word_table import TABLE, WORDS, WordTable
from newsdesk.model.errors import NewsdeskError


@pytest.fixture(scope="module")
def table() -> WordTable:
    found = embed.found()
    assert found is not None
    return found


def test_texts_of_one_subject_lie_closer_than_others(table):
    court, ruling, goal = table.of(
        [
            "The judge sentenced him",
            "A court's ruling on appeal",
            "Late goal wins the cup",
        ]
    )
    assert court @ ruling > court @ goal + 0.2


def test_rows_have_length_one_and_texts_without_words_are_zeros(table):
    rows = table.of(["one two", "", "\u2603\ufe0f"])
    assert rows.shape == (3, 256)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows[0]) == pytest.approx(1, abs=1e-5)
    assert not rows[1].any()


def test_the_same_text_has_the_same_vector_in_any_company(table):
    alone = table.of(["Robots walk"])[0]
    assert (table.of(["Other words first", "Robots walk"])[1] == alone).all()


def test_words_are_cut_by_the_merges_of_lowest_rank_first():
    vocabulary = {"▁": 1, "▁a": 2, "b": 3, "bc": 4, "▁ab": 5, "c": 6}
    merges = {"▁ a": 0, "b c": 1, "▁a b": 2}
    cut = pieces.Pieces(vocabulary, merges)
    assert cut.of("abc ab b") == [2, 4, 5, 1, 3]


def test_the_package_cuts_words_as_its_own_tokenizer_does(table):
    text = "Regulators' fintech-crackdown cost €1.5bn, naïvely"
    known = json.loads((table.folder / WORDS).read_bytes())["model"]["vocab"]
    written = {number: piece for piece, number in known.items()}
    cut = [written[n] for n in pieces.read(table.folder / WORDS).of(text)]
    assert "".join(cut) == "▁" + text.replace(" ", "▁")
    assert cut[:4] == ["▁Reg", "ul", "ators", "'"]


def test_a_folder_without_a_table_is_refused_when_it_is_asked(tmp_path):
    (tmp_path / "weights").mkdir()
    (tmp_path / "tokenizers").mkdir()
    (tmp_path / WORDS).write_text('{"model": {"vocab": {}, "merges": []}}')
    (tmp_path / TABLE).write_bytes(b"\xff" * 16)
    with pytest.raises(NewsdeskError, match=r"no table of word vectors.*install"):
        WordTable(tmp_path).of(["a"])


def test_finding_the_table_loads_neither_numbers_nor_the_package():
    code = (
        "import sys; from newsdesk import embed; assert embed.found();"
        "print(sorted({'numpy', 'wordllama', 'huggingface_hub'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
