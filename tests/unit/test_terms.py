from newsdesk.text import terms, word_spread


def test_forms_of_a_word_are_one_term_and_common_words_are_none():
    assert terms.terms("Courts halted the court") == ["court", "halt", "court"]


def test_scripts_without_spaces_are_cut_into_pairs():
    assert terms.terms("東京地震") == ["東京", "京地", "地震"]


def test_names_are_the_capitals_inside_sentences():
    text = (
        "A strong quake shook Valdoria. Hundreds left their homes, said Ada Borg Monday"
    )
    assert terms.names(text) == {"valdoria", "ada", "borg"}


def test_headlines_that_write_every_word_with_a_capital_name_nobody():
    assert terms.names("Strong Quake Hits Valdoria As Hundreds Flee") == frozenset()
    assert terms.names("STRONG QUAKE HITS VALDORIA") == frozenset()


def test_words_of_news_at_large_tell_less_than_names():
    english = word_spread.tables()["en"]
    assert 0 < english["trump"] < english["wildfire"] < word_spread.RAREST
    assert "valdoria" not in english


def test_the_table_knows_its_language_by_the_words_it_lists():
    assert word_spread.language_of(["polic", "court", "orbane"], None) == "en"
    assert word_spread.language_of(["polizei", "gericht"], None) is None
    assert word_spread.language_of(["polizei"], "en-GB") == "en"
    assert word_spread.language_of(["polic", "court"], "de") is None
