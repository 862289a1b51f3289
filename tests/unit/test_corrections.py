"""Notes of corrections, told from everything else that looks like one."""

from __future__ import annotations

import pytest

from newsdesk.text import corrections


@pytest.mark.parametrize(
    "note",
    [
        "Correction: An earlier version of this article misstated a job title.",
        "*Correction, May 3: the name was wrong.",
        "Correction (12 June 2025): it was 30, not 300.",
        "This article was amended on 12 May 2024 to give the right name.",
        "This story has been updated to correct the name of the river.",
        "Clarification: An earlier version of this story left out the date.",
        "CORRECTED-UPDATE 2-Bank cuts rates",
        "Korrektur: Die Zahl war falsch.",
        "Anmerkung der Redaktion: In einer früheren Version stand ein falscher Name.",
        "Rectificatif : le nom était faux.",
        "Une version précédente de cet article donnait une fausse date.",
        "Fe de errores: el nombre era otro.",
        "Una versión anterior de este artículo daba otra fecha.",
        "Errata corrige: il nome era sbagliato.",
        "Correção: o nome estava errado.",
        "Rectificatie: de naam klopte niet.",
        "Sprostowanie: nazwisko było błędne.",
        "Rättelse: namnet var fel.",
        "Oikaisu: nimi oli väärin.",
        "Исправление: имя было указано неверно.",
        "Düzeltme: isim yanlıştı.",
        "訂正：名前が誤っていました。",
        "更正：姓名有误。",
        "تصحيح: كان الاسم خاطئا",
    ],
)
def test_a_note_of_a_correction_is_one_in_many_languages(note: str):
    assert corrections.is_correction(note)


@pytest.mark.parametrize(
    "other",
    [
        "Market correction: shares fall for a third day",
        "Correction officers: strike enters its third week",
        "Correction ahead? Analysts: yes",
        "This article was updated with further details.",
        "Editor's note: this is the first part of a series.",
        "The company corrected its forecast on Tuesday.",
        "Precisazione: il prezzo è quello di ieri",
        "",
    ],
)
def test_news_of_corrections_and_other_notes_are_none(other: str):
    assert not corrections.is_correction(other)


def test_the_note_is_found_wherever_it_stands_and_cut():
    note = "Correction: " + "it was otherwise " * 40
    found = corrections.correction("Title", f"What happened.\n\n{note}\n\nMore of it.")
    assert found is not None
    assert found.startswith("Correction: it was")
    assert len(found) <= corrections.MAX_NOTE


def test_a_whole_article_that_begins_so_is_no_note():
    text = "Correction: " + "words of an article " * 100
    assert corrections.correction("Title", text) is None
    assert corrections.correction("Title", "") is None


def test_a_corrected_headline_counts():
    assert corrections.correction("CORRECTED: Bank cuts rates", "Text.") is not None
