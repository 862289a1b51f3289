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
MIN_POINTS = 3
"""Common words, or twice as many telling letters, below which no guess is made."""
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
    "en": "the of and to in is that for it with was on as are by this from have at "
    "but not they be will would said who has he she his were which their been "
    "its an or",
    "de": "der die und das den von zu mit sich des auf für ist im dem nicht ein eine "
    "als auch es an werden aus er hat dass sie nach wird bei einer um am sind "
    "noch wie doch",
    "fr": "le la les de des et en un une du est que dans pour qui sur au par pas plus "
    "a ce il mais se cette ont avec son sont aux été elle ne nous ces leur même",
    "es": "el la los de que y en del las un una por con para se su al es como más "
    "pero lo sus ha ya sobre fue este entre cuando esta también desde son muy "
    "hasta",
    "pt": "o a de que e do da em um para com uma os no na não se por mais dos ao as "
    "das mas foi ele seu sua ou quando muito nos já está também só pelo pela "
    "até são",
    "it": "il di che la e un per in del della con una è sono le dei non si alla nel "
    "ma ha gli anche i al più come da lo dal nella delle questo hanno stato ai "
    "alle",
    "nl": "de het een van en in is dat op te voor met zijn aan niet die er om ook "
    "maar als heeft bij naar wordt uit door over nog worden dan zich was hij ze "
    "hebben",
    "sv": "och att i det som en på är av för med till den har inte om ett han var men "
    "vi de sig från så när kan ska nu också efter eller vid mot vill hade många",
    "da": "og at i det er en til på af for der med som den de har ikke et ved han var "
    "men fra kan om vil også efter mange bliver nu sig sin blev",
    "no": "og i det er på en som til å for av at med har ikke den de et om fra ble "
    "men var han kan vil også etter mange nå seg sin blir skal ved år flere",
    "fi": "ja on ei että se hän oli ovat joka mutta myös kun kuin sekä tai niin eivät "
    "ole mukaan vuoden jo monet nyt sen hänen jos ollut ne kuitenkin joita",
    "is": "og að í á er sem það við um til en hann var með fyrir ekki af eru þetta "
    "hafa verið því hún þeir ætla frá eftir sig margir",
    "pl": "i w na z się do że nie to jest o jak za po ale od przez są oraz dla tym "
    "które co będzie jego tego który być już tylko ich także został",
    "cs": "a se v na je že o s z do to by k i ale jako pro za jsou od podle tím který "
    "jeho už však bude která jsem jen po při ze které bylo mezi své",
    "sk": "a sa v na je že o s z do to by k aj ale ako pre za sú od podľa tým ktorý "
    "jeho už však bude ktorá len po pri zo ktoré bolo medzi svoje",
    "hu": "a az és hogy nem is egy volt meg de már csak mint még szerint ez lesz azt "
    "sok el ki ha fel lehet pedig van után magyar ezt kell",
    "ro": "și de în a la cu o nu că pe care este din un mai să pentru sunt au dar vor "
    "fost al fi ce prin după sau ale lui între decât",
    "hr": "i u je na se da su za od koji s a kako o će bi iz što nije te ali ne bio "
    "samo to prema nakon kod još sve tako koja koje ili tko",
    "sl": "in je v na da se so za ki pri z bi tudi ne pa po kot iz od bo ali s ter "
    "bil še vendar lahko bodo tem ob več kako zaradi med",
    "tr": "ve bir bu da de için ile olarak çok daha olan gibi sonra kadar ise en "
    "ancak birçok ne ki ya veya göre olduğunu var yeni değil tarafından her "
    "etti günü",
    "id": "yang dan di dengan untuk dari ini pada itu dalam tidak akan juga ke oleh "
    "tetapi banyak mereka bisa karena sudah ada telah mau kami anda saat "
    "tersebut",
    "ms": "yang dan di dengan untuk daripada ini pada itu dalam tidak akan juga "
    "kepada oleh tetapi ramai mereka boleh kerana sudah ada telah mahu kami "
    "ialah beliau",
    "vi": "và của là có không cho được các trong một người những với này đã để khi "
    "nhưng từ đến ra nhiều về sẽ ông bị tại vào hôm",
    "sw": "na ya wa kwa katika ni la za kuwa hiyo huo kama alisema baada hivyo lakini "
    "hii hayo wake hao cha yake wengi",
    "ca": "el la els de que i en del les un una per amb es al no més com ha però va "
    "aquest aquesta són molts seva seu també han hi pel dels fins",
    "gl": "o a de que e do da en un unha para con os no na non se por máis dos ao as "
    "das pero foi seu súa ou cando moi nos xa está tamén polo pola ata son coa",
    "eu": "eta da du ez zuen baina dute den izan dira bat egin ere zen hau dela beste "
    "nahi",
    "et": "ja on ei et see ta kui oli mis ka aga ning selle oma kes või pärast ole "
    "kuid nad tema seda sellega juba",
    "lv": "un ir ar no par ka uz to kas bet tas arī pēc nav kā tika viņš šo lai vai "
    "gan bija jau tā ko pie",
    "lt": "o vėl labai ir kad su iš yra to per bet kaip tai dėl apie buvo ne jis po "
    "už tačiau šiuo į jie jau būti arba nuo dar pagal kurie",
    "sq": "dhe e të në që për me është një nga se i ka ky kjo nuk do por ta më si "
    "janë u ishte",
    "az": "və bu bir ilə üçün də da olan ki olub edib daha çox sonra lakin deyil bütün",
    "uz": "va bu bir uchun bilan ham ammo emas koʻplab o'zbekiston boʻlgan deb haqida "
    "kuni yil qilish esa edi",
    "tl": "ang ng sa na mga at ay si ni para kay ito siya may niya ngunit hindi noong "
    "isang kanyang",
    "af": "die van en in is het dat te vir om nie met op sy wat 'n hy maar baie wil "
    "deur ook word aan hulle was as sal",
    "cy": "y yr yn i a o ar am ei mae ac oedd gan bod wedi ond wrth eu nhw hefyd "
    "llawer",
    "ga": "an na agus ar ag i go a le is ní tá bhí sé leis ach gur don mar siad níl",
    "mt": "il li ta u ma dan din l-għal fuq kien iżda huma minn biex kif iktar",
    "lb": "de déi dat an op mat net ass si fir vun ze mee den am och gouf d'accord "
    "awer",
    "so": "ka ku oo ah iyo ay ee waa in uu laakiin ayaa la soo badan waxaa waxa kale",
    "ha": "da na ta ya a ba ce su ne wannan amma shi kuma yadda cikin zuwa wani suka",
    "ru": "и в не на что с он как это по но из к у за от для то его был о же они она "
    "все так год который многие",
    "uk": "і в на що не з та у до як за про від це для був який але й із його також "
    "ще під після або вони цим",
    "bg": "на и за да се от че в с е по това са не ще как към при като но които той "
    "бе го беше след или със",
    "sr": "и у је на да се су за од који са а како о ће би из што није не али то још "
    "као након или само ту",
    "mk": "на и да во за од се со дека е ќе што не ги по кои како но го ја беше или "
    "овој многу",
    "be": "і ў на што не з у да як за па ад гэта для быў але гэтым яго каб яны або пра",
    "kk": "және мен бұл үшін деп бір да де болып туралы осы сол бірақ көптеген еді",
    "mn": "нь энэ юм байна болон ба гэж бол олон тухай боловч байгаа байсан дээр",
    "ky": "жана бул үчүн деп бир менен да эле бирок болуп кыргыз көп",
    "ar": "في من على إلى أن عن مع هذا التي الذي بعد ما لا كان قال لكن هذه ذلك قد أو "
    "بين كما",
    "fa": "و در به از که این را با است برای آن یک می شد های تا اما بر هم کرد",
    "ur": "کے کی میں اور ہے سے کو کا نے پر کہ یہ ہیں بھی ایک اس لیے لیکن تھا کیا",
    "ps": "د په او چې له کې ته دی سره یې ده خو دا نه هم",
    "ckb": "لە بۆ و کە بە ئەم لەگەڵ ئەو هەر بوو",
    "hi": "के में है की से और को का ने पर कि यह हैं भी एक इस लेकिन लिए नहीं करने था",
    "mr": "असे व केली झाली आणि आहे या च्या तर हे ते आहेत होते करण्यात पण हा यांनी नाही नाहीत",
    "ne": "छ र को मा ले भएको छन् गरेको पनि यो तर छैनन् गर्ने लागि भने",
}
# Letters that few languages use: each of them speaks for those.
_TELLING = {
    "fi": "äö", "tr": "ğış", "az": "əğış", "et": "õäö", "af": "ê",
    "hu": "őű", "pl": "łżśćąęńź",
    "cs": "řůěť", "sk": "ľĺŕťď", "ro": "ășțşţ", "hr": "đćčšž", "sl": "čšž",
    "da": "øæå", "no": "øæå", "sv": "åäö", "is": "ðþæ", "de": "ßäöü", "es": "ñ¿¡",
    "pt": "ãõç", "gl": "ñ", "fr": "çèêœùë", "ca": "çèàò·", "it": "èàòù", "lv": "āēīģķļņū",
    "lt": "ėįųūęą", "sq": "ëç", "mt": "ħġċż", "cy": "ŵŷ", "lb": "ëéä",
    "vi": "ơưạảấầẩậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđ", "uz": "ʻ",
    "ru": "ыэъё", "uk": "іїєґ", "be": "ўыэі", "bg": "ъщ", "sr": "јњљћђџ", "mk": "јњљќѓѕџ",
    "kk": "әіңғүұқөһ", "mn": "өү", "ky": "өүң",
    "fa": "پچژگ", "ur": "ٹڈڑےںہھ", "ps": "ېښځډړږڼټ", "ckb": "ڵێۆەڕ", "ar": "ةىأإ",
}  # fmt: skip
LETTER_POINTS = 0.5
"""What a telling letter counts, where a common word counts 1."""
_WORDS: dict[str, list[str]] = {}
for _code, _list in _COMMON.items():
    for _word in set(_list.split()):
        _WORDS.setdefault(_word, []).append(_code)

_LETTERS: dict[str, list[str]] = {}
for _code, _list in _TELLING.items():
    for _word in set(_list):
        _LETTERS.setdefault(_word, []).append(_code)

_SCRIPTS = (
    ("ja", 0x3040, 0x30FF), ("ko", 0xAC00, 0xD7AF), ("ko", 0x1100, 0x11FF),
    ("el", 0x0370, 0x03FF), ("he", 0x0590, 0x05FF), ("th", 0x0E00, 0x0E7F),
    ("ka", 0x10A0, 0x10FF), ("hy", 0x0530, 0x058F), ("bn", 0x0980, 0x09FF),
    ("pa", 0x0A00, 0x0A7F), ("gu", 0x0A80, 0x0AFF), ("ta", 0x0B80, 0x0BFF),
    ("te", 0x0C00, 0x0C7F), ("kn", 0x0C80, 0x0CFF), ("ml", 0x0D00, 0x0D7F),
    ("si", 0x0D80, 0x0DFF), ("lo", 0x0E80, 0x0EFF), ("my", 0x1000, 0x109F),
    ("km", 0x1780, 0x17FF), ("am", 0x1200, 0x137F), ("zh", 0x4E00, 0x9FFF),
)  # fmt: skip
_BY_SCRIPT = frozenset(code for code, _, _ in _SCRIPTS)
_MARKS = "\u0300-\u036f\u064b-\u0652\u0900-\u0963"
_WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_MARKS}])*")
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
    words = _WORD.findall(sample)
    total = sum(map(len, words))
    if total < MIN_LETTERS:
        return None
    scripts = Counter(_script(ord(char)) for char in _OTHER.findall(sample))
    if scripts["ja"] >= JAPANESE_SHARE * total:
        return "ja"
    name, count = max(scripts.items(), key=lambda item: item[1], default=("", 0))
    if name and count > total / 2:
        return name
    return _by_words([word.lower() for word in words])


def _script(point: int) -> str:
    return next((code for code, low, high in _SCRIPTS if low <= point <= high), "")


def _by_words(words: list[str]) -> str | None:
    common: dict[str, int] = {}
    for word, count in Counter(words).items():
        for code in _WORDS.get(word, ()):
            common[code] = common.get(code, 0) + count
    ranked: dict[str, float] = dict(common)
    whole = "".join(words)
    for letter in _LETTERS.keys() & set(whole):
        for code in _LETTERS[letter]:
            ranked[code] = ranked.get(code, 0) + LETTER_POINTS * whole.count(letter)
    if not ranked:
        return None
    code, score = max(ranked.items(), key=lambda item: (item[1], item[0]))
    enough = max(MIN_POINTS, MIN_SHARE * len(words))
    return code if common.get(code) and score >= enough else None


def is_sure(text: str, detected: str, declared: str) -> bool:
    """Whether a detection outweighs a declaration: another script, or far more of the
    common words. Relatives (`no` and `da`, `hr` and `sr`) are left as declared."""
    if detected not in _COMMON:
        return True
    if declared not in _COMMON and declared not in _BY_SCRIPT:
        return False
    words = [word.lower() for word in _WORD.findall(text[:SAMPLE])]
    mine = sum(detected in _WORDS.get(word, ()) for word in words)
    theirs = sum(declared in _WORDS.get(word, ()) for word in words)
    return mine >= 20 and mine > 3 * theirs
