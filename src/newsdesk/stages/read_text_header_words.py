"""The words that headers of pages are made of besides names and days, as patterns.

What is done with them is in `read_text_header`. All are tried on single lines of bounded
length only.
"""

from __future__ import annotations

import re

_CAP = (
    r"[^\W\d_a-zß-öø-ÿа-яёα-ω\u0590-\u06ff\u0900-\u0dff\u0e00-\u0e7f"
    r"\u2e80-\u9fff\uac00-\ud7af]"
)
"""A capital letter."""
_NAME = (
    rf"{_CAP}[\w.'’-]*"
    rf"(?:\s(?:(?:de|da|van|von|der|den|del|al|bin|y)\s)?{_CAP}[\w.'’-]*){{1,3}}"
)
_HAN = r"[\u3040-\u30ff\u3400-\u9fff々·・]"
_SEMITIC = r"[\u0590-\u06ff\u200c'’\".]+"

BYLINE = re.compile(
    rf"^(?:(?i:(?:written|reported|story|text|words|edited|posted|published)\s+by|by|von|"
    rf"par|por|door|av|af|di|autor(?:a|e|in)?|author|автор|текст|yazan|oleh))\s*:?\s+"
    rf"{_NAME}(?:(?:,|\s(?:and|und|et|y|e|en|og|och|и|&))\s+{_NAME}){{0,3}}"
    rf"(?=\s*(?:$|[,|/·•–—(\x00-]|(?i:in|for|updated|published|posted|on|am)\s))"
)
"""`By Ada Moor and Bea Lund`, followed by the end of the line or a break in it."""
LABELLED = re.compile(
    rf"(?<!\w)(?i:sources?|editors?|edited by|editing|reporter|author|written by|quelle|"
    r"redaktion|redakteur(?:in)?|autor(?:a|e|in)?|fuente|editora?|fonte|redazione|"
    r"redacción|"
    r"rédaction|bron|redactie|źródło|autor|kilde|källa|lähde|kaynak|editör|muhabir|sumber|"
    r"penulis|nguồn|tác giả|источник|редактор|автор|текст|джерело)\s?:\s*"
    rf"(?:{_NAME}|{_CAP}[\w.&'’-]+|(?<=[Ee]ditor: )[a-z]+)(?=\s*(?:$|[,;|/·•–—(\x00]))"
)
"""`Source: Reuters`, `Редактор: Анна Миллер`."""
EASTERN_LABELLED = re.compile(
    r"(?:(?:文章|新闻|新聞|信息|稿件)?(?:来源|來源|稿源|出处|出處)|(?:责任|責任|执行|"
    r"執行|网络|網絡|本期)?"
    r"(?:编辑|編輯|責編|责编)|(?:见习|見習|实习|實習|特约|特約|本报|本報)?(?:记者|記者)|"
    r"作者|撰文|撰稿|"
    r"编译|編譯|校对|校對|审核|審核|监制|監製|摄影|攝影|文|图|圖|出典|執筆|取材|著者|"
    r"출처|기자|글|편집|"
    r"提供|配信)\s?[:：]\s*(?:(?!\d)[^\s:：，。、|｜/／\x00]{1,16})"
    r"(?:[ 、](?!(?:来源|來源|编辑|編輯|责|責|记者|記者|作者|出典|"
    r"\d))(?:[\u3040-\u9fff]{2,4}|[가-힣]{2,4})"
    r"(?=[\s、|｜/／\x00]|$)){0,3}"
)
"""`来源：新华社 编辑：王小明`."""
EASTERN_BYLINE = re.compile(
    r"^[(（【〔\[［]?\s*(?:本报|本報|本台|特約|特约|實習|实习|即時中心|综合报道|"
    r"綜合報導|財經|中央社)?"
    rf"(?:記者|记者|編譯|编译|"
    rf"文)\s?[:：/／]?\s?{_HAN}{{2,4}}(?:[、・，]{_HAN}{{2,4}}){{0,3}}"
    rf"\s?(?:[/／]|\s)\s?{_HAN}{{0,8}}(?:報導|报道|報道|电|電|讯|訊|專訪|"
    rf"整理)\s?[)）】〕\]］]?(?=\s|$|\x00)"
)
"""`記者王小明／台北報導`."""
KOREAN_BYLINE = re.compile(
    r"(?<![가-힣])[가-힣]{2,4}\s?(?:(?:선임|인턴|수습|전문|객원|취재|온라인)\s?)?"
    r"(?:기자|특파원|논설위원|앵커|에디터)(?=\s|$|[=|/·,)\]\x00])"
)
JAPANESE_BYLINE = re.compile(
    rf"^[【\[（(]?{_HAN}{{1,8}}(?:記者|編集委員|特派員|支局長)[】\]）)]?$"
)
SEMITIC_LABELLED = re.compile(
    r"(?<!\w)(?:المصدر|مصدر|الكاتب|المحرر|المراسل|خبرنگار|نویسنده|منبع|گزارشگر|کد خبر|"
    r"شناسه خبر|"
    r"كتب|كتبت|كتبه|إعداد|تحرير|ترجمة|بقلم|گزارش|מאת|כתב|כתבת|מקור|עריכה|צילום|מערכת)"
    rf"\s?:\s?(?:\d+|{_SEMITIC}(?:\s{_SEMITIC}){{0,3}}?)(?=\s*(?:$|[-–—|،,/•·\x00]))"
)
SEMITIC_BYLINE = re.compile(
    rf"^(?:بقلم|مאת|מאת|به قلم|نوشته)\s{_SEMITIC}(?:\s{_SEMITIC}){{1,3}}"
    r"(?=\s*(?:$|[-–—|،,/•·:\x00]))"
)
READING = re.compile(
    r"(?:(?:estimated\s)?(?:reading|read)\s?time|lesezeit|lesedauer|temps\sde\slecture|"
    r"tiempo\sde\slectura|tempo\sdi\slettura|tempo\sde\sleitura|leestijd|время\sчтения|"
    r"czas\sczytania|okuma\ssüresi|زمن القراءة|مدة القراءة|وقت القراءة|زمان مطالعه|"
    r"זמן קריאה)"
    r"\s?:?\s*(?:(?:ca\.?|about)\s)?"
    r"\d{1,2}\s?(?:min(?:ut\w*|s)?|мин\w*|dk|dakika|دقيقة|دقائق|دقیقه|דקות)?\b\.?|"
    r"\b\d{1,3}\s?[-‑]?\s?(?:min(?:ute)?s?\.?|minuten)\s?(?:read(?:ing)?(?:\stime)?|"
    r"lesezeit|lese|"
    r"listen|de\slecture|de\slectura|di\slettura|de\sleitura|leestijd)\b|"
    r"^\W*\d{1,3}\s?-?\s?(?:min(?:ute)?s?|minuten)\W*$|"
    r"\d{1,2}\s?(?:分钟阅读|分鐘閱讀|分で読めます|분 읽기)",
    re.I,
)
AGO = re.compile(
    r"\b(?:\d{1,2}|an?|one|two)\s?(?:h|hrs?|hours?|m|mins?|minutes?|d|days?|weeks?)\sago\b|"
    r"\bvor\s\d{1,2}\s(?:stunden?|minuten?|tag(?:en)?|std\.?|min\.?)|"
    r"\bhace\s\d{1,2}\s(?:horas?|minutos?|días?)\b|"
    r"\bil\sy\sa\s\d{1,2}\s(?:heures?|minutes?|jours?|h)\b|"
    r"\bhá\s\d{1,2}\s(?:horas?|minutos?|dias?)\b|\b\d{1,2}\s(?:ore|minuti|giorni)\sfa\b|"
    r"\b\d{1,2}\s(?:uur|minuten|dagen)\sgeleden\b|"
    r"\b\d{1,2}\s(?:час(?:а|ов)?|минут[уы]?|дн(?:я|ей))\sназад\b|"
    r"منذ\s\d{1,2}\s(?:ساعات|ساعة|دقيقة|دقائق|أيام)|"
    r"\d{1,2}\s?(?:小时前|小時前|分钟前|分鐘前|天前|時間前|分前|日前|시간\s?전|분\s?전|"
    r"일\s?전)",
    re.I,
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
CLOCK = re.compile(
    r"(?<![\d:.,])(?:[01]?\d|2[0-3])[:.h][0-5]\d(?::[0-5]\d)?(?!\d|[.,:]\d)"
    r"(?:\s?(?:[ap]\.?m\b\.?|uhr|hrs?\b|h\b))?"
    r"(?:\s?\(?(?:[A-Z]{1,2}[SD]?T|GMT|UTC|CES?T|IST|BST|MSK|мск|JST|KST|WIB|SAST)"
    r"(?:\s?[+-]\d{1,2}(?::?\d\d)?)?\)?(?!\w))?|"
    r"(?<![\d:.,])1?\d\s?[ap]\.?m\b\.?(?:\s?[A-Z]{2,4}\b)?|"
    rf"(?<!\w){_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?(?=\s*(?:$|[,|·•–—\x00]))|"
    rf"(?<![\w.]){{0}}\d{{1,2}}\s{_MONTH}(?=\s*(?:$|[,|·•–—\x00]))".replace("{0}", ""),
    re.I,
)
"""A time of day, or a day of the year without its year."""
MAIL = re.compile(r"(?<!\S)[\w.+-]+@[\w-]+\.[\w.-]+|(?<!\S)@\w{3,20}(?!\S)")
SHARED = re.compile(
    r"(?<!\w)(?:share (?:this )?(?:article|story|post|on|via)?|share|tweet|teilen|partager|"
    r"compartir|compartilhar|condividi|delen|udostępnij|поделиться|поділитися|paylaş|"
    r"bagikan|"
    r"facebook|twitter|whatsapp|telegram|linkedin|pinterest|reddit|messenger|bluesky|"
    r"threads|"
    r"copy link|link copied!?|e-?mail|print|save|gift|google news|"
    r"\d{1,4} comments?|add a comment|no comments|leave a comment|\d{1,3} shares|"
    r"مشاركة|شارك|اشتراک‌گذاری|שתפו|שיתוף|分享|分享到|シェア|シェアする|공유|공유하기|"
    r"글자크기|인쇄|프린트|"
    r"打印|字号|字體|字体|大中小|印刷|保存|ツイート)(?!\w)",
    re.I,
)
PROOFS = (
    BYLINE, LABELLED, EASTERN_LABELLED, EASTERN_BYLINE, KOREAN_BYLINE, JAPANESE_BYLINE,
    SEMITIC_LABELLED, SEMITIC_BYLINE, READING, AGO, CLOCK, MAIL, SHARED,
)  # fmt: skip
"""What proves a line to be of a header, if nothing else stands in it."""
BY = frozenset(("by", "von", "par", "por", "and", "und", "et", "y"))
SMALL = frozenset(
    """by and at on in from for of the to was is via with first last published updated
    posted
    modified created added issued date time update publish edited written reported story
    von und um am aus veröffentlicht aktualisiert erstellt stand zuletzt geändert uhr datum
    par et le la les à de du publié publiée mis mise jour modifié le actualisé lecture
    por y e el en publicado publicada actualizado actualizada actualización fecha hora horas
    às atualizado atualizada atualização em modificado
    di da il alle ore pubblicato pubblicata aggiornato aggiornata aggiornamento
    door en op om gepubliceerd bijgewerkt gewijzigd laatst uur
    opublikowano aktualizacja publikacja data dodano utworzono godz
    опубликовано обновлено дата публикации в опубліковано оновлено
    yayınlanma güncelleme güncellenme tarihi tarih saat giriş son
    diterbitkan diperbarui wib wita wit
    publisert oppdatert publicerad uppdaterad udgivet opdateret kl klo julkaistu päivitetty
    δημοσίευση ενημέρωση δημοσιεύθηκε
    publicat actualizat publikováno aktualizováno objavljeno ažurirano közzétéve frissítve
    đăng cập nhật ngày lúc
    نشر تاريخ النشر نشرت آخر تحديث التحديث تم في الساعة بتوقيت غرينتش ص م انتشار تاریخ ساعت
    به‌روزرسانی زمان شماره فورסם פורסם עודכן בתאריך בשעה תאריך שעה
    发布 发布时间 发布于 更新 更新时间 更新于 發布 發佈 發佈時間 發布時間 時間 时间
    日期 更新時間 公開
    公開日 更新日 更新日時 公開日時 掲載 配信 投稿日 最終更新 最終更新日 発表 北京时间
    台北 電子報
    입력 수정 등록 승인 업데이트 기사입력 최종수정 최종 게시 게재 송고 작성 기사 발행
    오전 오후 시간
    प्रकाशित अपडेट द्वारा पर เผยแพร่ อัปเดต วันที่ เวลา น
    est edt et pst pdt pt cst cdt ct gmt utc bst ist cet cest msk jst kst am pm a.m p.m
    senior chief staff deputy associate assistant contributing special foreign political
    business sports sport news digital freelance managing executive
    """.split()
)
"""Words that introduce what headers tell and prove nothing by themselves."""
PROVIDED = re.compile(
    r"\W*(?:news provided by|press release from|provided by)\s*:?\s*[^.!?]{0,70}\.?",
    re.I,
)
"""`News provided by`, with who provides it or without."""
_LETTERS_SENT = (
    r"(?:newsletters?|e-?mails?|alerts?|briefings?|updates|bulletins?|inbox|infolettre|"
    r"boletín|"
    r"boletines|channel|canal|kanal|whatsapp|telegram|push|notifications|рассылк\w*|"
    r"канал\w*)"
)
ASKED = re.compile(
    r"\W*(?:"
    rf"(?:sign up|subscribe|register)\b(?=[^.!?]{{0,90}}\b{_LETTERS_SENT}\b)"
    r"(?: now| here| today)? (?:for|to)\b|"
    r"(?:sign up|subscribe)(?: now| here| today| for free)?\W*$|"
    rf"(?:get|receive)\b(?=[^.!?]{{0,60}}\b(?:newsletters?|inbox|alerts)\b)|"
    r"(?:▶\s?)?listen to (?:this|the) (?:article|story|post|page|episode)"
    r"(?:\W*(?:\(?[\d:]+(?: ?min\w*)?\)?|in the app|now))?\W*$|"
    r"listen(?:\s?[(·|•-]?\s?\d{1,3}(?::\d\d)?\s?min\w*\)?|\s\d{1,2}:\d\d)\W*$|"
    r"(?:add|make|set|choose|prefer) .{2,50} (?:as )?(?:an? |your |my )?"
    r"preferred source(?: on google)?\W*$|"
    r"(?:add|follow) .{0,50}\b(?:us )?on google(?: news| discover)?\W*$|"
    r"follow (?:us|our (?:channel|page)|[^.!?]{2,40}) on (?:google|whatsapp|telegram|"
    r"facebook|x\b|"
    r"twitter|instagram|bluesky|threads)|"
    r"share (?:this|the|to ?x|on|via)(?: (?:article|story|post|page|release))?\W*$|"
    r"share ?to ?x\W*$|(?:gift|save|print|bookmark) this (?:article|story)\W*$|"
    r"(?:download|get|open) (?:in |the |our |this in (?:the )?)[\w ]{0,20}app\W*$|"
    r"join (?:our|us on|the)\b[^.!?]{0,40}\b(?:whatsapp|telegram|channel|newsletter)\b|"
    r"(?:diesen |den )?(?:artikel|beitrag) (?:anhören|teilen|merken|vorlesen)\b|"
    r"(?:écouter|partager) (?:cet |l['’]|cette )(?:article|histoire)\W*$|"
    r"(?:escuchar?|compartir) (?:este |el |la |esta )?(?:artículo|noticia|nota)\W*$|"
    r"(?:ouvir|ouça|compartilhar) (?:este |esta |a |o )?(?:artigo|notícia|matéria)\W*$|"
    r"(?:ascolta|condividi) (?:quest['’]|l['’]|questo )(?:articolo|notizia)?\W*$|"
    r"(?:luister naar|deel) (?:dit|het) artikel\W*$|"
    r"(?:newsletter (?:abonnieren|bestellen)|inscrivez-vous à (?:notre|la) newsletter|"
    r"abonnez-vous à (?:notre|la) newsletter|suscríb\w+ a (?:nuestr\w+|la|"
    r"el) (?:newsletter|boletín)|"
    r"iscriviti alla (?:nostra )?newsletter|подпи(?:шитесь|сывайтесь) на (?:наш|канал|"
    r"нас|телеграм)|"
    r"слушать (?:статью|новость)|поделиться)|"
    r"(?:استمع إلى|شارك) (?:هذا )?(?:المقال|الخبر)|تابعونا على|تابعنا على|اشترك في|"
    r"האזינו לכתבה|"
    r"(?:この記事を(?:シェア|聴く|聞く|共有|印刷)|听新闻|聽新聞|收听本文|分享本文|"
    r"分享到|기사 (?:공유|듣기)))",
    re.I,
)
"""How a line begins that asks to share, to listen or to subscribe."""
LABEL_ALONE = re.compile(
    r"(?:(?:last |first )?(?:published|posted|updated|modified)(?: on| at)?|"
    r"(?:edited|reviewed|written|reported|fact[- ]?checked|medically reviewed) by|by|"
    r"(?:zuletzt )?(?:aktualisiert|veröffentlicht)(?: am)?|von|publié le|mis à jour le|par|"
    r"publicado(?: el| em)?|actualizado(?: el)?|por|pubblicato il|aggiornato il|"
    r"опубликовано|обновлено|автор|news provided by)\s*:?",
    re.I,
)
"""A label that has lost what it introduced."""
