"""The words by which texts tell whom they are from, as patterns, in many languages.

What is done with them is in `credits`. All are tried on single paragraphs of bounded
length only.
"""

from __future__ import annotations

import re

DASH = r"(?:[-–—―]|\.\s?[-–—])"
NAME = r"[^()\[\]（）【】\n]{2,48}"
BRACKETED = re.compile(
    rf"^(?P<place>[^()\[\]（）【】\n]{{0,90}}?)[(（\[【]\s*(?P<name>{NAME}?)\s*[)）\]】]"
    rf"(?P<after>\s*(?:{DASH}|[:：.]|$)|\s)"
)
SLASHED = re.compile(
    r"^(?P<place>[^/\n]{0,90}?)/(?P<name>[^/\n]{2,40})/\s*(?:[-–—.,]|\s)"
)
PLAIN = re.compile(
    r"^(?P<place>[^\n]{2,40}?[,.]\s*\d{1,2}\.?\s\w{3,9}\.?)\s*[-–—.,]{1,2}\s*"
    r"(?P<name>[^\s.,–—-][^\n.,–—]{1,24}?(?:\.RU)?)\s*[-–—.:]+\s"
)
EASTERN = re.compile(
    r"^[【\[(（]?\s*(?P<name>新华社|新華社|中新社|中新网|共同社|中央社|法新社|路透社)"
    r"[^\s，。]{0,30}[电電讯訊】)）]"
)
KOREAN = re.compile(
    r"^[\[(（【]\s*[^\])）】=\n]{1,20}=\s*(?P<name>[^\])）】\s=]{2,12})"
)

SOURCE = re.compile(
    r"^[(\[*_\s]*(?:sources?|quellen?|fuentes?|fontes?|fonti|bron(?:nen)?|źródło|kilder?|"
    r"källa|lähde|allikas|sursa|surse|forrás|zdroj|vir|izvor|šaltinis|avots|kaynak|sumber|"
    r"nguồn|источник|джерело|извор|πηγή|المصدر|مصدر|מקור|出典|来源|來源|稿源|出处|출처|via|"
    r"agency|news agency|agencia|agence|agentur)\s?[:：]\s*"
    r"(?P<name>[^\n]{2,60}?)[\s.)\]*_]*$",
    re.I,
)
RIGHTS = re.compile(
    r"(?:©|\(c\)|\bcopyright\b)\s*(?:\(c\)|©)?\s*(?:(?:19|20)\d\d(?:\s*[-–]\s*\d{2,4})?)?"
    r"[\s,]*(?:by\s+)?(?P<name>[^\n.,;:|()]{2,40})",
    re.I,
)
_THIS = (
    r"(?:(?:^|[.!?]\s)[\s*_(\[–-]*(?:note:\s*)?|\b(?:this|the|an?\s+earlier\s+version\s+of\s+this|dieser?s?|"
    r"der|cet(?:te)?|est[ea]|quest[oa]|dit|deze)\s+(?:\w+\s+)?(?:article|story|post|piece|report|"
    r"column|essay|interview|op-ed|commentary|analysis|investigation|dispatch|artikel|"
    r"beitrag|text|bericht|kommentar|chronique|texte|tribune|entretien|art[íi]culo|nota|"
    r"noticia|reportaje|columna|artigo|mat[ée]ria|texto|reportagem|articolo|intervista|"
    r"verhaal|stuk)\b[^\n]{0,160}?\b)"
)
"""A notice speaks of the text itself: that a study was first published somewhere is
news."""
NOTICED_BY = (
    *("publi", "appeared", " ran ", "print", "reproduced", "syndicated", "reposted"),
    *("erschien", "veröffentlicht", "verscheen", "本文", "转载", "轉載", "転載"),
    *("view source", "view original", "original-content"),
)
"""One of these, in lower case, stands in every notice."""
CREDITED_BY = ("©", "(c)", "copyright", "contributed", "reporting", "text ", "report ")
"""And one of these in what is credited within a paragraph."""
REPRINT = re.compile(
    rf"{_THIS}(?:"
    r"(?:(?:originally|first|initially|previously)\s+(?:published|appeared|ran)|appeared\s+"
    r"first)\s+(?:\w+\s+\d[^\n]{0,20}?\s)?(?:by|on|in|at|with|for)"
    r"|(?:re-?published|reprinted|reproduced|syndicated|reposted)\s+(?:here\s+)?"
    r"(?:with\s+(?:the\s+)?(?:kind\s+)?permission\s+)?(?:of|from|by|courtesy\s+of)"
    r"|(?:erschien|erschienen)\s+(?:zuerst|zunächst|ursprünglich)\s+(?:auf|bei|in|im)"
    r"|publiée?\s+(?:initialement|à\s+l['’]origine|d['’]abord)\s+(?:par|sur|dans)"
    r"|(?:initialement|d['’]abord)\s+publiée?\s+(?:par|sur|dans)"
    r"|(?:publicad[oa]\s+originalmente|originalmente\s+publicad[oa])\s+"
    r"(?:en|por|no|na|em|pelo|pela)"
    r"|(?:pubblicat[oa]\s+originariamente|originariamente\s+pubblicat[oa])\s+(?:su|da)"
    r"|verscheen\s+(?:eerder|eerst|oorspronkelijk)\s+(?:in|op|bij)"
    r")\s+(?P<name>[^\n]{2,70})",
    re.I,
)
REPRINT_BEFORE = re.compile(
    rf"{_THIS}(?:zuerst|zunächst|ursprünglich)\s+(?:auf|bei|in|im)\s+"
    r"(?P<name>[^\n]{2,50}?)\s+(?:erschienen|veröffentlicht)",
    re.I,
)
REPRINT_EASTERN = re.compile(
    r"(?:本文(?:转载自|轉載自|来源|來源)|(?:转载|轉載)自|転載元)\s*[:：]?\s*"
    r"(?P<name>[^\n]{2,40})"
)
WITH = re.compile(
    r"^[(\[*_\s]*(?:with\s+(?:files|inputs?|material|reporting|information|reports?|agency"
    r"\s+inputs?)\s+(?:from|by)|with|mit\s+(?:material|informationen|inhalten|agenturmaterial)"
    r"\s+(?:von|der|des)|unter\s+verwendung\s+von\s+material\s+(?:von|der)|mit|"
    r"con\s+(?:información|informacion|datos|material|despachos)\s+(?:de|del)|con|"
    r"com\s+(?:informações|informação)\s+(?:da|do|de|das)|com|avec|met|med|ed|cu|z|s)\s+"
    r"(?:(?:the|der|die|la|el|l['’]|los|de|agentschap|agencia|agence|agenzia|agência)\s*)?"
    r"(?P<name>[^\n.]{2,60}?)[\s.)\]*_]*$",
    re.I,
)
HELPED = re.compile(
    r"(?:^|[.\s(])(?P<name>(?:The\s+)?[A-Z][\w.&’' ]{1,40}?)(?:\s+(?:news agency|"
    r"journalists?|reporters?|writers?)(?:\s+[A-Z][^.]{2,80})?)?\s+(?:also\s+)?contributed"
    r"\s+to\s+this\s+(?:report|story|article)"
)
ADDED = re.compile(
    r"(?:additional\s+reporting|reporting|text|report)\s+(?:by|from)\s+(?P<name>[^\n]{2,80})",
    re.I,
)
RELEASE = re.compile(
    r"(?:view\s+(?:source\s+version|original\s+content)[^\n]{0,60}?(?:on|:)\s*)"
    r"(?:https?://)?(?:www\.)?(?P<name>businesswire|prnewswire|globenewswire|accesswire)\.com"
    r"|original-content\s+von:[^\n]{2,100}übermittelt\s+durch\s+(?P<ots>news aktuell)",
    re.I,
)
ENDING = re.compile(
    r"(?:^|[.!?…。！？”\"»’'])\s*[(\[（]\s*(?P<name>[^()\[\]（）]{2,60})\s*[)\]）]\s*\.?\s*$"
)
AFTER_DASH = re.compile(r"(?:^|[.!?”\"»])\s*[-–—]\s*(?P<name>[^-–—\n]{2,40}?)\s*\.?$")
LAST_WORD = re.compile(r"[.!?”\"»]\s+(?P<name>[A-ZÀ-Þ]{2,8}|dpa|epd|sda|dts)\.?$")
PARTS = re.compile(r"\s*(?:[/|+&,;、，]|\s(?:and|und|et|y|e|en|og|och|ja|i|a|și)\s)\s*")
NAME_ENDS = re.compile(
    r"\s*(?:\.(?!\w)|[;:!?()\[\]{}“”\"«»|]|,(?:\s|$)|\s[-–—]\s|"
    r"\s(?:on|and is|and was|under|as part|in\s(?:January|February|March|April|May|June|"
    r"July|August|September|October|November|December|\d)|unter|and appears|and has|with|"
    r"here|by|am|le)\b|https?:).*$",
    re.S,
)
NAME_HEAD = re.compile(
    r"^(?:the\s+)?(?:website|site|pages?|blog|magazine|newspaper|journal|web)\s+(?:of\s+)?|"
    r"^(?:der|dem)\s+(?=\S)",
    re.I,
)
DOMAIN = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}")
BY = re.compile(r"^\s*(?:by|von|par|por|di|da|door|af|av|от|a cura di)\s+", re.I)
BYLINE = re.compile(
    r"(?:^|\d\s+|[|•·]\s*)(?:By|Von|Par|Por|Door|Af|Av|От)\s+"
    r"(?P<name>[^\W\d_][^\n\d|,•·]{1,48}?)\s*(?:$|\d|[|,•·]|\s[-–—]\s|\s(?:on|am|le)\s)"
)
"""`By Harbour Wire 2 March 2026, 10:39`; in words that only begin so nobody is known."""
JOINED = re.compile(
    r"^(?P<own>.+?)(?:,|\s[-–—|/]|\s(?:for|with|mit|of|via|und|and|/))\s+(?P<name>[^,]+)$"
)
