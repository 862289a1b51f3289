"""Languages: what a declaration means, and which language a text is in.

Detection looks at the script first and at the commonest words of a language second; it
is meant to check a declaration, not to tell close relatives apart in one sentence.
"""

from __future__ import annotations

import re
from collections import Counter

MIN_LETTERS = 20
"""Letters below which no guess is made."""
MIN_SHARE = 0.06
"""Share of a text's words that must be common words of the language guessed; plain
prose has .25 to .45, lists of names next to none."""
SAMPLE = 2000
"""Characters of a text that are looked at."""

_TAG = re.compile(r"^\s*([A-Za-z]{2,3})(?![A-Za-z])")
_NAMES = {
    "english": "en", "french": "fr", "german": "de", "spanish": "es",
    "italian": "it", "portuguese": "pt", "dutch": "nl", "russian": "ru",
    "turkish": "tr", "polish": "pl", "arabic": "ar", "chinese": "zh",
    "japanese": "ja", "korean": "ko", "swedish": "sv", "danish": "da",
    "norwegian": "no", "finnish": "fi", "deutsch": "de", "español": "es",
    "français": "fr", "italiano": "it", "português": "pt", "hindi": "hi",
}  # fmt: skip
_THREE = {
    "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es",
    "ita": "it", "por": "pt", "nld": "nl", "dut": "nl", "rus": "ru", "tur": "tr",
    "pol": "pl", "ara": "ar", "zho": "zh", "chi": "zh", "jpn": "ja", "kor": "ko",
    "swe": "sv", "dan": "da", "nor": "no", "fin": "fi", "ell": "el", "heb": "he",
    "hin": "hi", "ukr": "uk", "ces": "cs", "cze": "cs", "hun": "hu", "ron": "ro",
}  # fmt: skip
_NO_LANGUAGE = frozenset({"und", "mul", "zxx", "xx", "zz"})
_RENAMED = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "ji": "yi", "mo": "ro"}

_COMMON = {
    "en": "the of and to in is that for it with was on as are by this from have at",
    "de": "der die und das den von zu mit sich des auf für ist im dem nicht ein eine",
    "fr": "le la les de des et en un une du est que dans pour qui sur au par pas plus",
    "es": "el la los de que y en del las un una por con para se su al es como más",
    "it": "il di che la e un per in del della con una è sono le dei non si alla nel",
    "pt": "o a de que e do da em um para com uma os no na não se por mais dos ao",
    "nl": "de het een van en in is dat op te voor met zijn aan niet die er om ook",
    "sv": "och att i det som en på är av för med till den har inte om ett han var",
    "da": "og at i det er en til på af for der med som den de har ikke et af ved",
    "no": "og i det er på en som til å for av at med har ikke den de et om fra ble",
    "fi": "ja on ei että se hän oli ovat joka mutta myös kun kuin sekä tai niin",
    "is": "og að í á er sem það við um til en hann var með fyrir ekki af eru þetta",
    "pl": "i w na z się do że nie to jest o jak za po ale od przez są oraz dla",
    "cs": "a se v na je že o s z do to by k i ale jako pro za jsou od podle",
    "sk": "a sa v na je že o s z do to by k aj ale ako pre za sú od podľa",
    "hu": "a az és hogy nem is egy volt meg de már csak mint még szerint ez lesz",
    "ro": "și de în a la cu o nu că pe care este din un mai să pentru sunt au",
    "hr": "i u je na se da su za od koji s a kako o će bi iz što nije te",
    "sl": "in je v na da se so za ki pri z bi tudi ne pa po kot iz od bo",
    "tr": "ve bir bu da de için ile olarak çok daha olan gibi sonra kadar ise en",
    "id": "yang dan di dengan untuk dari ini pada itu dalam tidak akan juga ke oleh",
    "ms": "yang dan di dengan untuk daripada ini pada itu dalam tidak akan juga kepada",
    "vi": "và của là có không cho được các trong một người những với này đã để khi",
    "sw": "na ya wa kwa katika ni la za kuwa hiyo huo kama alisema baada hivyo",
    "ca": "el la els de que i en del les un una per amb es al no més com ha",
    "et": "ja on ei et see ta kui oli mis ka aga ning selle oma kes või pärast",
    "lv": "un ir ar no par ka uz to kas bet tas arī pēc nav kā tika viņš",
    "lt": "ir kad su iš yra to per bet kaip tai dėl apie buvo ne jis po už",
    "sq": "dhe e të në që për me është një nga se i ka ky kjo nuk do",
    "az": "və bu bir ilə üçün də da olan ki olub edib daha çox sonra",
    "tl": "ang ng sa na mga at ay si ni para kay ito siya may niya",
    "af": "die van en in is het dat te vir om nie met op sy wat 'n hy",
    "ru": "и в не на что с он как это по но из к у за от для то его был",
    "uk": "і в на що не з та у до як за про від це для був який але й",
    "bg": "на и за да се от че в с е по това са не ще как към при като",
    "sr": "и у је на да се су за од који са а како о ће би из што није",
    "mk": "на и да во за од се со дека е ќе што не ги по кои како",
    "be": "і ў на што не з у да як за па ад гэта для быў але",
    "kk": "және мен бұл үшін деп бір да де болып туралы осы сол",
    "ar": "في من على إلى أن عن مع هذا التي الذي بعد ما لا كان قال",
    "fa": "و در به از که این را با است برای آن یک می شد های",
    "ur": "کے کی میں اور ہے سے کو کا نے پر کہ یہ ہیں بھی ایک",
    "ps": "د په او چې له کې ته دی سره یې ده",
    "hi": "के में है की से और को का ने पर कि यह हैं भी एक",
    "mr": "आणि आहे या च्या तर हे ते आहेत होते करण्यात",
    "ne": "छ र को मा ले भएको छन् गरेको पनि यो",
}  # fmt: skip
_WORDS: dict[str, list[str]] = {}
for _code, _list in _COMMON.items():
    for _word in set(_list.split()):
        _WORDS.setdefault(_word, []).append(_code)

_SCRIPTS = (
    ("ja", 0x3040, 0x30FF), ("ko", 0xAC00, 0xD7AF), ("ko", 0x1100, 0x11FF),
    ("el", 0x0370, 0x03FF), ("he", 0x0590, 0x05FF), ("th", 0x0E00, 0x0E7F),
    ("ka", 0x10A0, 0x10FF), ("hy", 0x0530, 0x058F), ("bn", 0x0980, 0x09FF),
    ("pa", 0x0A00, 0x0A7F), ("gu", 0x0A80, 0x0AFF), ("ta", 0x0B80, 0x0BFF),
    ("te", 0x0C00, 0x0C7F), ("kn", 0x0C80, 0x0CFF), ("ml", 0x0D00, 0x0D7F),
    ("si", 0x0D80, 0x0DFF), ("lo", 0x0E80, 0x0EFF), ("my", 0x1000, 0x109F),
    ("km", 0x1780, 0x17FF), ("am", 0x1200, 0x137F), ("zh", 0x4E00, 0x9FFF),
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_OTHER = re.compile(r"[\u0370-\u03ff\u0530-\U0010ffff]")
"""What may tell a language by its script alone: neither Latin nor Cyrillic."""
JAPANESE_SHARE = 0.05
"""Share of kana among letters from which Han text counts as Japanese."""


def primary(declared: str | None) -> str | None:
    """The primary subtag of a declaration such as `en-US`, `pt_BR` or `English`, in
    lower case; None where it names no language."""
    if not declared:
        return None
    named = _NAMES.get(declared.strip().lower())
    if named:
        return named
    match = _TAG.match(declared)
    if not match:
        return None
    code = match[1].lower()
    code = _THREE.get(code, _RENAMED.get(code, code))
    return None if code in _NO_LANGUAGE else code


def detect(text: str) -> str | None:
    """The language the text is written in, or None where it is too short or unclear."""
    sample = text[:SAMPLE]
    total = sum(map(len, _WORD.findall(sample)))
    if total < MIN_LETTERS:
        return None
    scripts = Counter(_script(ord(char)) for char in _OTHER.findall(sample))
    if scripts["ja"] >= JAPANESE_SHARE * total:
        return "ja"
    name, count = max(scripts.items(), key=lambda item: item[1], default=("", 0))
    if name and count > total / 2:
        return name
    return _by_words(sample)


def _script(point: int) -> str:
    return next((code for code, low, high in _SCRIPTS if low <= point <= high), "")


def _by_words(sample: str) -> str | None:
    words = [word.lower() for word in _WORD.findall(sample)]
    points: Counter[str] = Counter()
    for word in words:
        for code in _WORDS.get(word, ()):
            points[code] += 1
    if not points:
        return None
    code, count = max(points.items(), key=lambda item: (item[1], item[0]))
    return code if count >= max(3, MIN_SHARE * len(words)) else None


def is_sure(text: str, detected: str, declared: str) -> bool:
    """Whether a detection outweighs a declaration: another script, or far more of the
    common words. Relatives (`no` and `da`, `hr` and `sr`) are left as declared."""
    if detected not in _COMMON:
        return True
    if declared not in _COMMON:
        return False
    words = [word.lower() for word in _WORD.findall(text[:SAMPLE])]
    mine = sum(detected in _WORDS.get(word, ()) for word in words)
    theirs = sum(declared in _WORDS.get(word, ()) for word in words)
    return mine >= 20 and mine > 3 * theirs
