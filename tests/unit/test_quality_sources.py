import pytest

from newsdesk.stages import quality_sources


@pytest.mark.parametrize(
    ("language", "text", "named"),
    [
        ("en", "Ada Byron, who led the work, said it was late.", ("Ada Byron",)),
        ("en", "“It is late,” said the mayor, Irene Castell.", ("Irene Castell",)),
        ("en", "According to Petra Lowe of Dunmore, it is late.", ("Petra Lowe",)),
        (
            "de",
            "„Es ist spät“, sagte Bürgermeisterin Irene Kastell.",
            ("Irene Kastell",),
        ),
        ("fr", "« Il est tard », a déclaré Irène Castel.", ("Irène Castel",)),
        ("es", "“Es tarde”, dijo Ana Ruiz.", ("Ana Ruiz",)),
        ("en", "In New Harbour the rain fell on Ada Byron.", ()),
        ("en", "The company said it was late.", ()),
    ],
)
def test_people_who_speak_are_named(language, text, named):
    assert quality_sources.voices(text, language).named == named


def test_who_speaks_twice_counts_once():
    text = "Ada Byron said so. “Late,” said Ada Byron. Byron told reporters."
    assert quality_sources.voices(text, "en").named == ("Ada Byron",)


def test_officials_without_a_name_are_counted_apart():
    found = quality_sources.voices("Police said on Monday that it was late.", "en")
    assert (found.named, found.unnamed) == ((), 1)


def test_quotations_count_in_the_marks_of_many_languages():
    text = "“We have never seen this before”, „das haben wir nie gesehen“ "
    text += "« nous ne l'avons jamais vu » 「これまでに見たことがないほどの大きさだ」"
    assert quality_sources.voices(text, None).quotes == 4


def test_a_word_in_quotation_marks_is_no_quotation():
    assert quality_sources.voices("The “cloud” is full.", "en").quotes == 0
