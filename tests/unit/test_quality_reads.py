import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.stages import quality_reads, quality_signs, quality_text
from plain_prose import GUIDE, REPORT

CODES = ("en", "de", "es", "fr", "it", "nl", "pl", "pt")
NEWS = {
    "en": ("Four held after fire", REPORT),
    "de": (
        "Drei Verletzte nach Brand in Lagerhalle",
        "Bei einem Brand sind am Dienstag drei Menschen verletzt worden, teilte die "
        "Polizei mit. „Wir konnten die Flammen sehen“, sagte ein Sprecher. Der Schaden "
        "wurde auf 300.000 Euro geschätzt, erklärte die Staatsanwaltschaft.",
    ),
    "es": (
        "Tres heridos tras un incendio",
        "Tres personas fueron heridas el martes, informó la policía. “Se veían las "
        "llamas”, dijo el alcalde. El juez ha abierto una investigación.",
    ),
    "fr": (
        "Trois blessés après un incendie",
        "Trois personnes ont été blessées mardi, a indiqué la préfecture. « Nous avons vu "
        "les flammes », a déclaré le maire. Le parquet a ouvert une enquête.",
    ),
    "it": (
        "Tre feriti dopo un incendio",
        "Tre persone sono rimaste ferite martedì, ha riferito la polizia. «Era altissimo», "
        "ha detto il sindaco. La procura ha aperto un'inchiesta.",
    ),
    "nl": (
        "Drie gewonden na brand",
        "Drie mensen werden dinsdag gewond, meldt de politie. “De vlammen sloegen uit het "
        "dak”, zei een woordvoerder. De burgemeester was ter plaatse.",
    ),
    "pl": (
        "Trzy osoby ranne po pożarze",
        "Trzy osoby zostały ranne w poniedziałek, poinformowała policja. „Było groźnie” – "
        "powiedział rzecznik. Prokuratura wszczęła śledztwo.",
    ),
    "pt": (
        "Três feridos após incêndio",
        "Três pessoas foram feridas na terça-feira, informou a polícia. “Vimos as chamas”, "
        "disse o prefeito. O juiz abriu um inquérito.",
    ),
}
ADVICE = {
    "en": ("10 easy tips to sleep better", GUIDE),
    "de": (
        "Die 7 besten Tipps für dich",
        "Du möchtest besser schlafen? Nutze unsere Tipps. Du kannst deine Nächte "
        "verbessern. Wichtig ist deine Routine. Bestelle unseren Ratgeber.",
    ),
    "es": (
        "Los 7 mejores consejos para ti",
        "¿Quieres dormir mejor? Descubre nuestros consejos. Puedes probar tu rutina. Es "
        "importante. Compra ahora nuestra oferta.",
    ),
    "fr": (
        "7 conseils pour vous",
        "Vous dormez mal ? Découvrez nos conseils. Vous pouvez utiliser notre offre. Il "
        "faut être patient. Profitez de nos solutions.",
    ),
    "it": (
        "I 7 migliori consigli",
        "Vuoi dormire? Scopri i nostri consigli. Puoi usare la tua routine. Evita gli "
        "schermi. È importante: bisogna insistere. Prova la nostra offerta.",
    ),
    "nl": (
        "De 7 beste tips",
        "Wil je beter slapen? Ontdek onze tips. Je kan je nachten verbeteren. Kies onze "
        "oplossing. Het is belangrijk. Bestel nu je aanbieding.",
    ),
    "pl": (
        "7 najlepszych porad",
        "Chcesz lepiej spać? Sprawdź nasze porady. Możesz poprawić twoje noce. Warto. "
        "Unikaj ekranów. Zamów nasze rozwiązania.",
    ),
    "pt": (
        "As 7 melhores dicas",
        "Você dorme mal? Descubra nossas dicas. Você pode usar sua rotina. É importante. "
        "Evite telas. Aproveite nossa oferta.",
    ),
}


def reads(title, text, language):
    return quality_reads.reads(quality_text.prose(title, text, language), title)


@pytest.mark.parametrize("code", CODES)
def test_a_report_reads_like_news_and_advice_does_not(code):
    assert reads(*NEWS[code], code).share > 0.7
    assert reads(*ADVICE[code], code).share < 0.3


def test_the_signs_that_speak_loudest_are_told():
    told = reads(*NEWS["en"], "en")
    assert set(told.speaks_for) & {"said", "quoted", "officials", "when"}
    assert "second" in reads(*ADVICE["en"], "en").speaks_against


def test_nothing_is_said_of_a_language_without_words():
    assert reads("침수", "물이 높이 올라왔다. " * 20, "ko") is None


def test_a_language_is_guessed_where_nobody_says_it():
    assert quality_text.prose(*NEWS["de"]).language == "de"
    assert quality_text.prose("Zx 12", "").language == "en"


def test_there_is_a_weight_for_every_sign_and_no_other():
    piece = quality_text.prose("A", "b", "en")
    signs = quality_signs.signs(piece, "A")
    assert set(quality_reads.shipped()) == {*signs, "always"}


def test_every_language_has_words_for_every_sign():
    shipped = quality_signs.shipped()
    assert set(shipped) == set(CODES)
    for code in CODES:
        assert set(shipped[code]) == set(shipped["en"]), code


def test_what_others_say_is_not_counted_as_the_writers_own():
    inside = quality_text.prose("A", "“You and I, we are late,” she said.", "en")
    outside = quality_text.prose("A", "You and I, we are late, she said.", "en")
    assert quality_signs.signs(inside, "A")["second"] == 0
    assert quality_signs.signs(outside, "A")["second"] > 0


def test_a_long_text_is_looked_at_by_its_beginning_and_its_end():
    middle = "zebra " * 3_000
    piece = quality_text.prose("A", f"alpha {middle} omega", "en")
    assert {"alpha", "omega"} <= piece.words.keys()
    assert piece.count < 2_000


@given(st.text(max_size=150), st.text(max_size=600), st.sampled_from([*CODES, None]))
def test_every_sign_of_any_text_is_a_share(title, text, language):
    piece = quality_text.prose(title, text, language)
    signs = quality_signs.signs(piece, title)
    assert all(0 <= value <= 1 for value in signs.values())
    json.dumps(signs)
