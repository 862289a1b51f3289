import pytest

from newsdesk.stages import quality_kinds, quality_text
from plain_prose import REPORT


def kind(title, text, language="en"):
    found = quality_kinds.kind(quality_text.prose(title, text, language))
    return found.name if found else None


SAMPLES = {
    "market research": (
        "Smart Valve Market Size to Reach USD 4.1 Billion by 2031",
        "The market was valued at USD 2 billion and will grow at a CAGR of 9% during the "
        "forecast period. Key players include Alden. Request a sample.",
    ),
    "stock boilerplate": (
        "Marlin Holdings (NYSE:MRLN) Shares Sold by Pinegate",
        "Shares opened at $41. The firm has a market capitalization of $3 billion, a P/E "
        "ratio of 14 and a consensus price target of $47.",
    ),
    "press release": (
        "Corvid Labs opens office",
        "AUSTIN, May 6 /PRNewswire/ -- Corvid Labs today announced an office.\n\n"
        "Media contact: press@corvid.example",
    ),
    "sponsored": ("A drink for the summer", "Sponsored content\n\nIt tastes of lime."),
    "coupons": (
        "70% Off Nordmart Promo Codes",
        "Use code SAVE at checkout. Free shipping. Terms apply.",
    ),
    "horoscope": (
        "Your horoscope for Friday",
        "Aries (March 21 - April 19): be bold. Taurus, Gemini and Leo rest.",
    ),
    "job ad": (
        "Data Engineer (m/f/d)",
        "Responsibilities and requirements: five years of experience. Apply now.",
    ),
    "empty shell": ("Just a moment", "Enable JavaScript to continue."),
    "event listing": (
        "Webinar on chips",
        "Register now. When: Friday. Where: online. Tickets from $5. Join us.",
    ),
    "product page": (
        "Desk lamp for sale",
        "In stock. Dimensions: 30 cm. Weight: 2 kg. Add to cart. Warranty: 2 years.",
    ),
    "puzzle answers": (
        "Wordle hints and answers",
        "The clue for today's puzzle: two vowels. The answer is CRANE.",
    ),
    "betting tips": (
        "Sharks vs Bears odds and best bets",
        "The point spread is 3, moneyline -140. Gambling problem? Call.",
    ),
    "recipe": (
        "Leek soup recipe",
        "Ingredients: 2 tbsp olive oil. Preheat the oven. Simmer, then stir in salt.",
    ),
    "legal terms": (
        "Privacy Policy",
        "We collect personal information. You agree to these terms. Cookies. GDPR.",
    ),
    "forum": (
        "Re: laptop dead",
        "Hi all, does anyone know? I've tried all. Thanks in advance.",
    ),
    "obituary notice": (
        "Obituary: Walter Quist",
        "Survived by two sons. In lieu of flowers, give. The funeral service is Monday.",
    ),
    "seo rewrite": (
        "Night Harbour 2: everything we know",
        "In this article we will explore the date. Keep reading. Final thoughts: soon.",
    ),
    "encyclopedia": (
        "Castor",
        "Castor is a genus. See also: beavers. External links. Citation needed.",
    ),
    "fiction": (
        "Chapter XII",
        "“You are late,” she said at last. He laughed, and her hands were trembling.",
    ),
    "manual": (
        "Installation of the mail module",
        "Run pip install mailkit. The following example shows usage: the default.",
    ),
}


def test_there_is_a_sample_of_each_kind():
    assert set(SAMPLES) == set(quality_kinds.shipped())


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_each_kind_is_known_for_what_it_is(name):
    assert kind(*SAMPLES[name]) == name


@pytest.mark.parametrize(
    ("language", "title", "text", "name"),
    [
        (
            "de", "Pflegefachkraft (m/w/d) in Ulm",
            "Deine Aufgaben: Pflege. Wir bieten: Urlaub. Vollzeit.", "job ad",
        ),
        ("de", "Horoskop für heute", "Widder, Stier und Zwillinge ruhen.", "horoscope"),
        (
            "fr", "Recette de la soupe",
            "Ingrédients : une cuillère d'huile. Préchauffer le four.", "recipe",
        ),
        (
            "es", "Mercado global de drones hasta 2031",
            "La tasa de crecimiento anual en el período de pronóstico es del 9 %. CAGR.",
            "market research",
        ),
        (
            "it", "Offerta di lavoro: cuoco",
            "Requisiti: esperienza. Offriamo tempo pieno. Candidatura.", "job ad",
        ),
        ("nl", "Horoscoop van vandaag", "Ram. Leo, Virgo en Libra rusten.", "horoscope"),
        (
            "pl", "Regulamin sklepu",
            "Przetwarzanie danych osobowych. Cookies. GDPR. Privacy policy.",
            "legal terms",
        ),
        (
            "pt", "Cupom de desconto da loja",
            "Cupom com frete grátis. Cupom válido, 20% off.", "coupons",
        ),
    ],
)  # fmt: skip
def test_kinds_are_known_in_other_languages(language, title, text, name):
    assert kind(title, text, language) == name


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Four held after fire destroys mill", REPORT * 4),
        (
            "Chipmaker raises forecast as AI demand grows",
            "Orbane said on Tuesday that its market share had grown. Analysts expect the "
            "market to double by 2030, growing at a CAGR of 20 percent. “Demand is "
            "strong,” said Petra Lowe of Dunmore Research. Shares rose 3 percent.",
        ),
        (
            "Police warn of fake coupon codes",
            "Fraudsters sent a promo code to thousands of people, police said on Monday.",
        ),
        (
            "Astrologers sued over horoscope app",
            "A court in Estrel heard that the app sold data of Aries and Leo users.",
        ),
        (
            "Company that posted fake job ads fined",
            "The firm was fined after adverts that said “apply now” turned out false.",
        ),
    ],
)
def test_news_about_such_things_is_none_of_them(title, text):
    assert kind(title, text) is None


def test_the_evidence_is_what_was_found_strongest_first():
    found = quality_kinds.kind(quality_text.prose(*SAMPLES["press release"], "en"))
    assert found.evidence[0] in ("/prnewswire", "prnewswire")
    assert len(found.evidence) <= quality_kinds.TOLD


def test_phrases_are_looked_for_as_whole_words():
    assert quality_text.is_within("leo", " leo rests ")
    assert not quality_text.is_within("leo", " napoleon leopard ")
    assert quality_text.is_within("(ots)", " berlin (ots) - ")


def test_each_phrase_is_in_lower_case_and_stands_once():
    for row in quality_kinds._rows():
        for field in quality_kinds.WEIGHTS:
            phrases = row.get(field, [])
            assert all(phrase == phrase.lower() for phrase in phrases), row["name"]
