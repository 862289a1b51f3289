"""The words that bylines are made of besides names, as patterns, in many languages.

What is done with them is in `names`.
"""

from __future__ import annotations

import re

SPACE = re.compile(r"[\s\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff]+")
MARKUP = re.compile(r"<[^<>]{0,300}>")
ADDRESS = re.compile(r"(?<!\S)\S+@\S+|https?://\S+|www\.\S+|(?<!\w)@\w+", re.I)

BY = re.compile(
    r"^\s*(?:(?:written|reported|reviewed|posted|published|edited|words|text|story|"
    r"report|analysis|opinion|reporting|review|interview|compiled|created|recommended|"
    r"column|commentary|essay|perspective|guest\s+\w+|authored)\s+"
    r"(?:and\s+\w+\s+)?by|by|(?:eine?\s+)?(?:kommentar|analyse|kolumne|gastbeitrag|interview|"
    r"reportage|bericht|essay|glosse|rezension|gastkommentar|meinung)\s+von|"
    r"aus\s+\w+\s+bericht(?:et|en)|es\s+bericht(?:et|en)|"
    r"(?:une?|un['’])\s*(?:chronique|tribune|analyse|reportage)\s+(?:de|par)|von|par|por|door|af|av|od|autor(?:e|a|es|in|ka|ius|ė)?|"
    r"author(?:s|\(s\))?|texte?|redactie|skrevet av|skrevet af|skriven av|"
    r"от|автор|автори|автора|текст|yazan|oleh|penulis|tekst|teksti|schrijver|reporter|"
    r"przez|kirjoittaja|szerző|írta|γράφει (?:ο|η)|του|της|bởi|"
    r"geschrieben von|ein beitrag von|scritto da|escrito por|escrito par|publié par|"
    r"propos recueillis par|texto de|un articolo di|a cura di|"
    r"بقلم|كتب|كتبت|بواسطة|نویسنده|מאת|द्वारा|लेखक)"
    r"\s*[:\-–]?\s+",
    re.I,
)
BY_OR_SURNAME = re.compile(r"^\s*(?:di|da|van|de)\s+(?=\S+\s+\S)", re.I)
"""Words that are `by` in one language and begin surnames in another."""
BY_COLON = re.compile(
    r"^\s*(?:by|von|par|por|di|de|author|autor(?:e|a|es)?|text|texte?|tekst|texto|testo|foto|"
    r"words|автор|текст|από|作者|記者|记者|撰文|文字|文|著者|執筆|取材・文|文・写真|"
    r"責任編輯|责任编辑|编辑|編輯|撮影|기자|글|yazan|oleh|penulis|od|af|av)\s*[:：/／＝=]\s*",
    re.I,
)
_AND_LONG = (
    "and|und|con|with|mit|avec|och|agus|oraz|dhe|eta|also|και|และ|और|sowie|dan|ja|và|og"
)
_AND_SHORT = "et|y|e|i|en|ve|és|și|si|и|та|і|й|με|un|ir|a|o|و"
BETWEEN = re.compile(
    r"\s*(?:;|\||•|\s·\s|、|，|؛|،|\n|\s&\s|\s\+\s|＆|／|"
    rf"\s(?:(?i:{_AND_LONG})|{_AND_SHORT})(?=\s)|,\s+(?i:and|und|et)(?=\s))\s*"
)
BETWEEN_CAPITALS = re.compile(BETWEEN.pattern, re.I)
"""The same for bylines in capitals; elsewhere `E` and `Y` are initials."""
SLASH = re.compile(r"\s/\s|(?<=\w\w\w)/(?=\w\w)|\s/(?=\w)")
COMPOUND = re.compile(r"\s(?:y|i|e)\s")
"""What may join the halves of one surname."""

SUFFIX = re.compile(
    r"^(?:ph\.?\s?d|m\.?d|esq|mba|rdn?|cpa|cfp|dds|do|ms|ma|mph|rn|"
    r"cscs|cpt|ccna|lcsw|jd|msc|bsc|dphil|cissp|cfa|np|pa-c|pharmd|faap|frcp|"
    r"ldn|cdces|llm|edd|psyd|dvm|pmp|obe|cbe|mbe|mp|mep|kc|qc)\.?$",
    re.I,
)
GENERATION = re.compile(r"^(?:jr|sr|ii|iii|iv)\.?$", re.I)
LETTERS_AFTER = re.compile(
    r"^(?:[A-Z][A-Za-z]{0,2}\.?[A-Z.®™]{1,5}|[A-Z]{2,6}[®™]?(?:[ -][A-Z]{1,5})*)$"
)
LAST_LETTERS = re.compile(
    r"(?<=[a-z.])(?:\s+(?!(?:II|III|IV|JR|SR|XVI)\b)(?:[A-Z]{2,5}|Ph\.?D\.?|M\.D\.)[®™]?)+$"
)
CREDITS = re.compile(
    r"(?<=\w)[\s.,;|/(–-]+(?:foto|photo|bild|image|illustration|grafik|graphic|fotografie|"
    r"photograph|картинка|фото)(?:s|er|graphs|graphy|ies)?\s*(?:by\b|von\b|:).*$",
    re.I,
)
"""Who made the pictures, at the end of a byline."""
# White space is taken from its start only: a run of it costs no more than its length.
BRACKETED = re.compile(
    r"(?:(?<!\s)\s++)?+[(\[（【〔〈][^()\[\]（）【】〕〉]{0,60}[)\]）】〕〉]\s*"
)

CJK_HEAD = re.compile(
    r"^(?:本报|本報|本台|特約|特约|實習|实习|財經|财经|中央社|新华社|新華社|人民网|央视|联合早报)?"
    r"(?:記者|记者|編譯|编译|撰文|撰稿人?|作者|責任編輯|责任编辑|编辑|編輯|通讯员|文)"
    r"[:：\s]*(?=[\u4e00-\u9fff])"
)
JAPANESE_DESK = re.compile(
    r"^[\u30a0-\u30ff\u4e00-\u9fff]{2,12}(?:部|局|班|支社|本社|委員)[・･]"
    r"(?=[\u3040-\u30ff\u4e00-\u9fff])"
)
"""The desk before a name: "国際部・山田太郎"."""
CJK_TAIL = re.compile(
    r"(?:(?:(?<!\s)\s+)?(?:記者|记者|編集委員|編集者|論説委員|支局長|特派員|さん|氏|"
    r"기자|(?:(?<=[가-힣]) [가-힣]{2,6} )?특파원|논설위원|칼럼니스트|통신원|에디터|앵커|PD|"
    r"編譯|编译|報導|报道|報道|"
    r"(?:인턴|선임|전문|수습|객원|취재|뉴스)(?=기자)))+$"
)
HAN_LIST = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,6}[:：\s]+)?[\u4e00-\u9fff]{2,4}(?: [\u4e00-\u9fff]{2,4})+$"
)
"""Names of two to four signs with spaces between: a list in Chinese."""
CJK_REPORT = re.compile(r"(?:報導|报道|報道|電|电|摄|攝|整理|综合|綜合)$")
KOREAN_PLACE = re.compile(
    r"^[가-힣]{2,6}=\s*(?:[가-힣]{2,8}\s+)??(?=[가-힣]{2,4}(?:\s|$))"
)

ROLE = (
    r"senior|junior|chief|deputy|associate|assistant|contributing|executive|managing|"
    r"staff|special|foreign|political|business|technology|tech|science|health|sports?|"
    r"news|digital|national|international|economics?|environment|education|city|world|"
    r"general|lead|freelance|royal|crime|culture|entertainment|consumer|data|white house|"
    r"guest|legal|energy|climate|diplomatic|defen[cs]e|security|travel|food|multimedia|video"
)
ROLE_NOUN = (
    r"writer|reporter|editor|editor-in-chief|correspondent|columnist|contributor|"
    r"journalist|producer|anchor|commentator|author|blogger|critic|photographer|"
    r"redakteur(?:in)?|korrespondent(?:in)?|journaliste?|journalistin|redactor(?:a)?|"
    r"redacteur|rédact(?:eur|rice)|periodista|giornalista|reporterin|correspondant[e]?|"
    r"corresponsal|chefredakteur(?:in)?|volontär(?:in)?|autorin|redaktør|toimittaja|"
    r"muhabir|dziennikarz|dziennikarka|ceo|founder|director|manager|analyst|professor|"
    r"reportero|reportera|colunista|jornalista|correspondente|repórter|editora|articulista|"
    r"columnista|journalisten|journalist(?:en)?|verslaggever|reportrice|chroniqueur|"
    r"chroniqueuse|éditorialiste|collaborateur|ressortleiter(?:in)?|fotograf(?:in)?|"
    r"gastautor(?:in)?|kolumnist(?:in)?|redaktorka?|redaktor|komentator|wartawan|"
    r"обозреватель|корреспондент|журналист|редактор|журналістка?|кореспондент"
)
ROLE_TAIL = re.compile(
    rf"(?:(?<!\s)\s++)?+[,\-–—|/]\s*(?:(?:the|our|bbc|ap|cnn)\s+)?(?:[\w'’.&-]+\s+){{0,4}}(?:{ROLE_NOUN})"
    rf"(?:\s+(?:at|for|of|in|und|and|für|bei)\s.*)?$",
    re.I,
)
ROLE_AFTER = re.compile(
    rf"(?<=\w\s\w\w)(?P<rest>\w*)\s+(?:(?:{ROLE})\s+)*(?:{ROLE_NOUN})$", re.I
)
ROLE_HEAD = re.compile(
    rf"^(?:(?:{ROLE})\s+)*(?:{ROLE_NOUN})\s*[:,\-–]?\s+(?=[^\W\d_a-z])", re.I
)
A_ROLE = re.compile(rf"\b(?:{ROLE_NOUN})\b", re.I)
NOBODY = re.compile(
    r"^(?:admin(?:istrator)?\d*|webmaster|guest|guest user|user\d*|unknown|none|null|"
    r"undefined|anonymous|n/?a|default|root|test|author|by|no author|no byline|site admin|"
    r"wp ?admin|super ?user|system|import(?:er)?|api|cms|nobody|various|see more|share|"
    r"various authors|multiple authors|-+|press\s+release|sponsored|advertisement|"
    r"[a-z]+(?:\.[a-z_]+){2,}|(?:our\s+)?(?:web|online|guest)?\s*user|"
    r"\[object object\]|array|false|true)$",
    re.I,
)
"""What stands in the field for authors where nobody is named."""
DESK = re.compile(
    rf"^(?:our\s+|the\s+|la\s+|die\s+|a\s+)?"
    rf"(?:(?:{ROLE}|web|online|photo|social media|newsroom)\s+)*"
    rf"(?:{ROLE_NOUN}|desk|team|staff|bureau|editorial(?:\s+(?:staff|team|board|desk))?|"
    r"newsroom|news\s*desk|redaktion|redazione|redacción|redaccion|redacao|redação|rédaction|"
    r"redactie|редакция|agencies|agency|contributors?|correspondents?|writers?|reporters|"
    r"editors|staff\s+report(?:er|ers|s)?|news\s+staff|newsroom\s+staff|web\s?desk|"
    r"online\s+desk|onlineredaktion|toimitus|redaktionen|редакція|agencias|agenzia|redakcja|"
    r"redakce|redakcia|szerkesztőség|uredništvo|redacția|redakcija|toimetus|agence|agences|"
    r"haber merkezi|σύνταξη|newsroom|редакционная коллегия|هيئة التحرير|"
    r"編集部|編輯部|编辑部)$",
    re.I,
)
"""A desk and nothing else: names nobody, but stands in where nobody is named."""
COLLECTIVE = re.compile(
    r"\b(?:team|staff|desk|newsroom|editors?|editorial|bureau|agency|agencies|"
    r"redaktion(?:en)?|redazione|redacci[oó]n|r[ée]daction|redactie|redação|redacao|редакция|"
    r"редакція|redakcja|redakce|redakcia|redac[tț]ia|redakcija|uredništvo|szerkesztőség|"
    r"news|media|times|post|magazine|press|tv|radio|online|daily|weekly|"
    r"network|group|inc|ltd|llc|gmbh|university|institute|foundation|association|"
    r"department|office|ministry|council|correspondents?|reporters?|services?|wire|"
    r"journal|tribune|gazette|herald|zeitung|tageszeitung|rundfunk|presse|nieuws|noticias|"
    r"notizie|nyheter|nyheder|uutiset|haberler|новости|новини|вести|broadcasting|"
    r"communications?|committee|society|alliance|federation|project|studios?|company|corp|"
    r"toimitus|agencia|agenzia|agence|agentur|ajansı|nachrichten|contributors?)\b|"
    r"編集部|編輯部|编辑部|通讯员|新聞|新闻|日報|日报|通信社|通讯社|뉴스|신문|일보|편집국|التحرير",
    re.I,
)
AGENCIES = frozenset(
    "reuters afp dpa ap ansa efe apa belga tass interfax xinhua kyodo yonhap pti ani ians "
    "aap ritzau tt ntb stt lusa pap cna mti agerpres hina sta anp agi adnkronos ukrinform "
    "europapress bernama antara sid epd kna bloomberg dpa-afx afp-services pa upi "
    "unb wam spa petra mena mna irna isna tanjug fena bta ctk tasr sda keystone-sda "
    "čtk bns elta leta aa dha iha uni app bss jiji dpa-infocom ats belgaimage askanews "
    "lapresse telam télam reuterstv 新华社 新華社 中新社 中央社 共同通信 時事通信 "
    "연합뉴스 뉴시스 "
    "ап тасс рейтер унн уніан".split()
) | {
    "associated press", "the associated press", "agence france-presse", "pa media",
    "agence france presse", "press association", "dow jones", "europa press",
    "canadian press", "the canadian press", "keystone/sda", "dpa/afp", "ap/dpa",
    "afp relaxnews", "the conversation", "риа новости",
}  # fmt: skip
A_PLACE = re.compile(
    r"^(?:new|san|santa|los|las|hong|tel|abu|cape|kuala|buenos|rio|saint|st\.?|fort|port|"
    r"north|south|east|west|the hague|den haag|washington|são|mexico city)\b",
    re.I,
)
SURE_PLACE = re.compile(
    r"^(?:new (?:york|delhi|orleans|jersey|mexico)|los angeles|san (?:francisco|diego)|"
    r"hong kong|tel aviv|cape town|buenos aires|washington|mexico city|são paulo|"
    r"rio de janeiro|abu dhabi|kuala lumpur|den haag|the hague)\b",
    re.I,
)
PARTICLES = frozenset(
    "de da di do van von der den del la le el al bin bint ibn ben bat abu ter ten dos "
    "das du zu zum zur y e i af st st. 't della delle dal dalla dela des d' op auf am vom "
    "ap ul ud "
    "und o het 's san santa mc mac ould tot".split()
)
"""Words in lower case that stand inside the names of persons."""
DOMAIN = re.compile(r"(?:^|\s)(?:[a-z0-9-]+\.)+(?:[a-z]{2,})(?:\s|$)", re.I)
SENTENCE = re.compile(
    r"\w{5}[.!?]\s++[A-Z]|[!?]$|\d{3,}|[{}<>=]|\bcookie|\bsubscribe", re.I
)
_MONTH = (
    r"(?:jan|feb|mar|mär|apr|avr|abr|ma[iy]|jun|jui|jul|aug|aoû|ago|sep|o[ckt]t|nov|"
    r"de[czk])"
)
DATE_TAIL = re.compile(
    rf"(?<=\w)\s+(?:(?:on|am|le|el|den)\s+)?(?:{_MONTH}\w*\.?,?\s+)?\d{{1,4}}\b.*$",
    re.I,
)
TIME_WORD = re.compile(
    r"\b(?:ago|published|updated|posted|min(?:utes?)? read|veröffentlicht|aktualisiert|"
    r"publié|actualizado|publicado|aggiornato)\b",
    re.I,
)
HONORIFIC = re.compile(
    r"^(?:dr|prof|mr|mrs|ms|rev|sir|dame|lord|herr|frau|dott|ing|mag|sra?|dra)\.?\s+"
    r"(?=\S+\s+\S)",
    re.I,
)
