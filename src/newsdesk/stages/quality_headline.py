"""A headline -> whether it says what happened, or withholds it, shouts or counts.

Words stand here in the languages that `quality_words.toml` has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsdesk.model.story import Part

HEADLINE = 6.0
LENGTH = range(25, 131)
"""Characters that say enough; of scripts without spaces, from a third of that."""
SHOUTING = -12.0
CLICKBAIT = -12.0
QUESTION = -4.0
LISTICLE = -8.0

_CLICKBAIT = re.compile(
    r"you won['’]t believe|you['’]ll never (?:guess|believe)|what happened next"
    r"|(?:one|this) (?:weird |simple )?trick\b|will (?:shock|surprise|amaze) you"
    r"|(?:here|this)(?:['’]s| is) (?:why|what|how)\b|the (?:real )?reason (?:why|will)"
    r"|everything you need to know|doctors hate|jaw-dropping|mind-blowing"
    r"|breaks? the internet|\bone thing (?:you|that)|before it['’]s too late|wait until you"
    r"|das (?:steckt|müssen sie|passiert|ist der grund)|dieser trick|so reagiert"
    r"|sie werden nicht glauben|unfassbar|was dann (?:passiert|geschah)"
    r"|vous n['’]allez pas (?:y )?croire|voici pourquoi|incroyable|ce qui s['’]est passé"
    r"|no (?:lo )?(?:vas a creer|creerás)|esto es lo que|te sorprenderá|increíble"
    r"|non ci crederai|ecco (?:perché|cosa)|incredibile"
    r"|je gelooft (?:nooit|niet)|dit is waarom|dit gebeurt er"
    r"|nie uwierzysz|oto dlaczego|szok"
    r"|você não vai acreditar|veja (?:por que|o que)|inacreditável",
    re.IGNORECASE,
)
_THINGS = (
    r"things|reasons|ways|tips|tricks|facts|ideas|mistakes|secrets|signs|steps|hacks"
    r"|examples|best|lessons|habits|questions|gifts|products|tools|alternatives"
    r"|dinge|gründe|tipps|tricks|fakten|fehler|besten|ideen"
    r"|cosas|razones|consejos|trucos|errores|maneras|mejores"
    r"|choses|raisons|conseils|astuces|erreurs|façons|meilleurs|meilleures|idées"
    r"|cose|motivi|consigli|trucchi|errori|modi|migliori"
    r"|dingen|redenen|beste|manieren|rzeczy|powodów|sposobów|porad|najlepszych"
    r"|coisas|razões|dicas|truques|erros|maneiras|melhores"
)
_LISTICLE = re.compile(
    rf"(?:^|[:–—-] |\b(?:top|the|die|les|los|las|le|i|de|as|os) )(?:top |best )?"
    rf"\d{{1,3}}\+? (?:[^\W\d_][\w'’-]* ){{0,3}}?(?:{_THINGS})\b|^(?:the )?top \d+\b",
    re.IGNORECASE,
)
_NO_CASE = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")


def parts(title: str) -> Iterator[Part]:
    """What a headline gives and takes, the first always."""
    is_dense = bool(_NO_CASE.search(title))
    length = len(title) * 3 if is_dense else len(title)
    fits = length in LENGTH or (is_dense and length > LENGTH.start)
    yield Part(
        name="headline",
        points=HEADLINE if fits else HEADLINE / 2 if title else 0.0,
        why=f"{len(title)} characters; {LENGTH.start} to {LENGTH.stop - 1} say enough",
    )
    letters = [char for char in title if char.isalpha()]
    capitals = sum(char.isupper() for char in letters)
    if len(letters) > 20 and capitals > 0.7 * len(letters):
        yield Part(name="shouting", points=SHOUTING, why="a headline in capitals")
    if found := _CLICKBAIT.search(title):
        why = f"withholds what happened: “{found.group()}”"
        yield Part(name="clickbait", points=CLICKBAIT, why=why)
    elif title.rstrip().endswith(("?", "？", "؟")):
        yield Part(name="question", points=QUESTION, why="asks instead of telling")
    if found := _LISTICLE.search(title):
        why = f"counts instead of telling: “{found.group().strip()}”"
        yield Part(name="listicle", points=LISTICLE, why=why)
