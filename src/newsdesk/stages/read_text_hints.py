"""What the names of an element say about it: box, frame, comments, caption, body.

Names are class, id, role and the like, taken apart into words, in the languages that
sites are built in. A name is a hint and never a proof: what it is worth is learnt.
"""

from __future__ import annotations

import re
from functools import lru_cache

BOX, FRAME, COMMENTS, ABOUT, CAPTION, BODY, HIDDEN, PROMO = (
    1 << place for place in range(8)
)
"""Bits of what an element's names say about it."""

_WORDS = {
    BOX: """
        related relacionado relacionada relacionados relacionadas verwandt verwandte
        correlati connexes gerelateerd powiazane recommend recommended recommendation
        recommendations recommends recirc recirculation empfehlung empfehlungen
        recomendado recomendados sidebar rail rightrail promo promos promotion
        promobox newsletter newsletters subscribe subscription subscriptions abo
        abonnement abonnieren abonnez piano popular trending trend latest mostread
        mostpopular meistgelesen readmore readnext readalso alsoread alsolike seealso
        leiaja leggianche lireaussi lesenauch morefrom morenews morestories moreon
        morearticles upnext nextup nextarticle share shares shared sharing sharebar
        sharebuttons social socials follow teaser teasers card cards carousel slider
        slideshow gallery banner advert adverts advertisement advertising ad ads adv
        anzeige publicidad publicite reklama sponsor sponsored sponsors outbrain
        taboola widget widgets poll quiz cta calltoaction callout appdownload donate
        donation donations login register signup signin paywall offer offers toc
        tableofcontents link links linklist listing archive tool tools toolbar button
        buttons ticker""",
    FRAME: """
        footer foot pie fuss header masthead nav navbar navi navigation menu submenu
        breadcrumb breadcrumbs cookie cookies consent gdpr popup modal overlay
        pagination pager legal disclaimer copyright skip skiplink search suche buscador
        topbar language languages contentinfo alert complementary impressum""",
    COMMENTS: """
        comment comments commenting commentlist kommentar kommentare komentarze
        comentario comentarios commentaire commentaires commenti reacties disqus
        respond reply replies discussion reviews""",
    ABOUT: """
        author authors authorbio authorbox autor autoren autore autori auteur auteurs
        byline bio biography about profile profiles contributor contributors meta
        metadata postmeta date dates datum fecha time timestamp published tag tags
        taglist topic topics category categories keyword keywords kicker eyebrow
        dateline posted info readingtime readtime""",
    CAPTION: """
        caption captions credit credits photoby imagetext imagemeta imagedesc
        wpcaption bildunterschrift bildtext legende didascalia piefoto piedefoto
        figcaption copyright fotocredit imagecredit photocredit""",
    BODY: """
        articlebody articlecontent articletext articlecopy articlemain articledetail
        articleinner storybody storycontent storytext postbody postcontent posttext
        entrycontent entrybody entrytext newsbody newscontent newstext newsdetail
        contentbody contentmain contenttext contentarticle contentinner maincontent
        mainbody maintext maincolumn mainarticle pagecontent pagebody blogcontent
        blogpost blogbody bodycontent bodycopy bodytext bodymain richtext textblock
        articletexte artikeltext artikelinhalt artikelbody textearticle textonota
        cuerpo corps testo inhalt contenido conteudo prose paragraph paragraphs
        wysiwyg article story post entry main content body""",
    PROMO: """
        related relacionado relacionada relacionados relacionadas correlati connexes
        gerelateerd powiazane recommend recommended recommendation recommendations
        recommends recirc recirculation empfehlung empfehlungen recomendados
        promo promos promobox newsletter newsletters subscribe abonnieren piano trending
        mostread mostpopular meistgelesen readmore readnext readalso alsoread alsolike
        seealso leiaja leggianche lireaussi lesenauch morefrom morenews morestories
        moreon morearticles upnext nextup nextarticle share sharebar sharebuttons
        sharing advert adverts advertisement advertising publicidad publicite outbrain
        taboola appdownload donate login signup paywall cookie cookies consent gdpr
        onetrust cmp didomi usercentrics authorbio authorbox aboutauthor
        abouttheauthor authorinfo authorcard authordescription""",
    HIDDEN: """
        sronly visuallyhidden screenreader screenreadertext assistive tooltip tooltips
        hidden hide dnone invisible printonly offscreen""",
}
_BITS: dict[str, int] = {}
for _bit, _listed in _WORDS.items():
    for _word in _listed.split():
        _BITS[_word] = _BITS.get(_word, 0) | _bit
_PART = re.compile("[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_UNSEEN = re.compile(r"\shidden(?:=\"\"|\s|$)|aria-hidden=\"true|display:\s*none", re.I)


@lru_cache(maxsize=16_384)
def of(name: str) -> int:
    """What one name says, as bits: by its words and by its neighbouring words joined."""
    parts = [part.lower() for part in _PART.findall(name)]
    bits = _BITS.get("".join(parts), 0)
    for place, part in enumerate(parts):
        bits |= _BITS.get(part, 0)
        if place:
            bits |= _BITS.get(parts[place - 1] + part, 0)
    return bits


def of_attributes(attributes: str) -> int:
    """Whether the other attributes hide the element, as bits."""
    return HIDDEN if _UNSEEN.search(attributes) else 0
