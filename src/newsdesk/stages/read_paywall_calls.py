"""Calls to subscribe or log in, as they stand where a text is cut off, in many languages.

Words only; where they must stand to be evidence is for `read_paywall`.
"""

from __future__ import annotations

import re

from newsdesk.stages.read_clues import line

MAX_CALL = 200
"""Characters at the end of a line in which a call is looked for."""

_ASKS = re.compile(
    r"subscri|sign (?:in|up)|log ?in|regist(?:er|rieren)|become a (?:paid )?member|"
    r"unlock|abonn|abo\b|anmelden|einloggen|freischalten|jetzt testen|s['’]inscrire|"
    r"connect(?:ez|er)|suscr[ií]b|suscript|inicia(?:r)? sesi|reg[ií]str|abbonat|abbonam|"
    r"acced[ei]|registra|assin(?:e|ante|atura)|inloggen|prenumer|logga in|logg inn|"
    r"log ind|subskry|zaloguj|wykup|předplat|přihlás|előfizet|tilaa|tilaaj|kirjaudu|"
    r"подпис|войдите|передплат|abone|会員|購読|登録|订阅|訂閱|登入|구독|로그인|اشتر|مشترك",
    re.I,
)
_CALL = re.compile(
    # English
    r"(?:subscribe|sign (?:in|up)|log ?in|register|join|upgrade|become a (?:paid )?"
    r"(?:member|subscriber))\b[^.!?]{0,60}\bto (?:continue reading|keep reading|"
    r"read (?:more|on|the (?:full|rest|whole|entire)|this)|(?:unlock|access|view|see) "
    r"(?:this|the|our|all|full|unlimited|exclusive))|"
    r"to (?:continue|keep) reading(?: this (?:article|story|post))?,? (?:please )?"
    r"(?:subscribe|sign|log|register|create|become|choose|start)|"
    r"(?:this|the) (?:article|story|content|post|page|report) (?:is|was) (?:only |"
    r"exclusive(?:ly)? |available |reserved |restricted |just |locked )*(?:for|to) "
    r"(?:our )?(?:(?:paid|paying|registered|premium|digital) )?(?:subscribers|members)|"
    r"(?:for|to) (?:paid |paying |premium )?(?:subscribers|members)[ -]only\b|"
    r"(?:this (?:is|article is) )?(?:a )?subscriber[- ](?:only|exclusive)"
    r" (?:article|story|content|post)|"
    r"already (?:a|have a|an?) ?(?:\w+ ){0,2}(?:subscriber|subscription|member|account)"
    r"\??[^.!?]{0,20}(?:sign|log) ?in|"
    r"you (?:have|['’]ve) (?:reached|read|used|hit)[^.!?]{0,40}"
    r"(?:free (?:articles?|stories|story)|article limit)|"
    r"(?:subscription|registration) (?:is )?required to|unlock this (?:article|story)|"
    r"start your (?:free )?trial to|"
    # German
    r"(?:jetzt |mit [\w+ ]{2,30}|und sofort )weiterlesen|weiterlesen mit\b|"
    r"(?:dieser|den|der|diesen|ganzen|vollständigen|kompletten) (?:ganzen? |gesamten |"
    r"vollständigen |kompletten )?(?:artikel|beitrag|text|inhalt) "
    r"(?:ist (?:nur|exklusiv)|lesen (?:sie|nur))[^.!?]{0,40}"
    r"(?:abo|mitglied|registriert|plus|premium)|"
    r"nur für (?:registrierte|abonnent|abo|mitglieder|plus|premium)|"
    r"(?:sie haben|du hast|haben sie) (?:bereits|schon) ein \w*-?abo|"
    r"um (?:diesen artikel |weiter ?zu ?lesen|den ganzen)[^.!?]{0,40}"
    r"(?:anmelden|registrieren|abo|weiterzulesen)|"
    # French
    r"il vous reste [\d.,]+ ?% de (?:cet|ce) (?:article|contenu) à lire|"
    r"(?:la suite|cet article|ce contenu)[^.!?]{0,30} (?:est |sont )?"
    r"(?:exclusivement )?réservée?s? (?:aux|à nos) abonn|"
    r"(?:abonnez|connectez|inscrivez)[- ]vous pour (?:lire|continuer|accéder|poursuivre)|"
    r"pour (?:lire|accéder à) (?:la suite|l['’]intégralité)[^.!?]{0,40}abonn|"
    r"déjà abonnée? ?\?|contenu réservé aux abonn|"
    # Spanish and Portuguese
    r"(?:contenido|art[ií]culo|noticia|conte[uú]do|mat[eé]ria|artigo)[^.!?]{0,20} "
    r"(?:es |é )?(?:exclusiv[oa]|sol[oa]|disponible|restrit[oa]|reservad[oa])"
    r"[^.!?]{0,20} (?:para|a|de|aos?) (?:nuestros |nossos )?"
    r"(?:los )?(?:suscriptor|socio|assinante|usuarios registrados)|"
    r"(?:suscr[ií]bete|reg[ií]strate|inicia sesión|assine|cadastre-se)"
    r"[^.!?]{0,30} para (?:seguir|continuar|leer|ler|acceder|ter acesso)|"
    r"para (?:seguir|continuar) (?:leyendo|lendo|a ler)[^.!?]{0,40}"
    r"(?:suscr|regíst|inicia|assin|cadastr)|"
    # Italian
    r"(?:articolo|contenuto)[^.!?]{0,20} riservat[oa] agli abbonati|"
    r"(?:abbonati|accedi|registrati)[^.!?]{0,30} per (?:continuare|leggere|proseguire)|"
    r"per (?:continuare a leggere|leggere l['’]articolo)[^.!?]{0,40}(?:abbon|acced|regist)|"
    # Dutch and Nordic
    r"(?:dit artikel is|alleen) (?:exclusief |alleen )?(?:voor|beschikbaar voor) "
    r"(?:\w+[- ])?(?:abonnees|leden)|(?:abonneer|log in|word lid)[^.!?]{0,30} om "
    r"(?:verder te lezen|dit artikel|door te lezen)|verder lezen\?|"
    r"(?:artikeln?|artikkelen|artiklen|saken|innehållet)[^.!?]{0,20} (?:är|er) "
    r"(?:endast |bara |kun |bare |låst |forbeholdt )*(?:för|for) "
    r"(?:\w+ ){0,2}(?:prenumerant|abonnent|medlem)|"
    r"(?:logga in|logg inn|log ind|bli abonnent|bliv abonnent|köp|kjøp|prenumerera)"
    r"[^.!?]{0,30} (?:för att|for å|for at) (?:fortsätta|läsa|lese|læse|fortsette)|"
    r"(?:lue|jatka lukemista) tilaaja|(?:vain )?tilaajille|"
    # Polish, Czech, Hungarian, Russian, Ukrainian, Turkish
    r"(?:artykuł|treść|materiał)[^.!?]{0,20} (?:dostępn\w+ )?(?:tylko |wyłącznie )"
    r"dla (?:zalogowanych|prenumerat|subskryb|abonent)|"
    r"(?:aby|by|żeby) (?:czytać dalej|przeczytać (?:cały|całość))|"
    r"(?:článek|obsah)[^.!?]{0,20} (?:je )?(?:pouze |jen |dostupný )*pro předplatitele|"
    r"csak előfizető(?:k|ink)|előfizetőinknek szól|"
    r"(?:материал|статья|текст)[^.!?]{0,20} доступ\w+ (?:только )?(?:для )?подписчик|"
    r"(?:оформите подписку|подпишитесь|войдите)[^.!?]{0,30} чтобы (?:читать|продолжить|"
    r"дочитать)|лише для передплатників|(?:okumaya|devam) [^.!?]{0,30}abone ol|"
    r"(?:haberin devamı|bu içerik) [^.!?]{0,20}abone|"
    # East Asian and Arabic
    r"(?:有料|会員|購読者)[^。]{0,6}(?:限定|専用)(?:記事|です)?|残り[:：]?\s?[\d,]+\s?文字|"
    r"この記事は[^。]{0,20}(?:有料|会員)|(?:订阅|訂閱|登录|登入|加入会员)后?[^。]{0,8}"
    r"(?:继续阅读|繼續閱讀|阅读全文|閱讀全文)|付费(?:阅读|内容)|"
    r"(?:구독|로그인)[^.]{0,15}(?:계속|전문)|유료 ?회원|"
    r"(?:هذا المحتوى|المقال)[^.!؟]{0,20}(?:للمشتركين|للأعضاء)",
    re.I,
)
_STEMS = tuple(
    """subscri continu reading unlock regist member limit weiter artikel abo
    abonn reste réserv inscri connect suscri socio assin cadastr leyendo
    lendo riserv acced artikel abonnee leden lezen prenumer medlem tilaaj dla czyta
    przeczyta předplat előfizet доступ подпи войдите передплат abone 有料 会員 購読 残り
    订阅 訂閱 登录 登入 会员 會員 付费 구독 로그인 유료 للمشتركين للأعضاء""".split()
)
"""Parts of words without one of which no line is a call; cheaper than the pattern."""


def called(words: str) -> str | None:
    """The call at the end of a line, its first words; None: there is none."""
    end = words[-MAX_CALL:]
    lowered = end.casefold()
    if not any(stem in lowered for stem in _STEMS):
        return None
    found = _CALL.search(end)
    return line(found[0])[:80] if found else None


def asks(words: str) -> bool:
    """Whether a box asks for a subscription or a login at all."""
    return _ASKS.search(words) is not None
