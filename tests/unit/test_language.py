"""Languages: declarations, and sentences about nothing in particular, told apart."""

from __future__ import annotations

import pytest

from newsdesk.stages import read_clues, read_document, read_language
from newsdesk.text import language

SENTENCES = [
    (
        "en",
        "Prices rose again in September, the statistics office reported, adding"
        " pressure on families that already struggle to pay rent.",
    ),
    (
        "de",
        "Die Preise sind im September erneut gestiegen, teilte das Statistikamt"
        " mit; besonders teuer wurden Strom und Lebensmittel.",
    ),
    (
        "fr",
        "Les prix ont encore augmenté en septembre, selon l'institut de la "
        "statistique, et les ménages les plus modestes en souffrent.",
    ),
    (
        "es",
        "Los precios volvieron a subir en septiembre, según el instituto de "
        "estadística, sobre todo los de la luz y los alimentos.",
    ),
    (
        "pt",
        "Os preços voltaram a subir em setembro, informou o instituto de "
        "estatística, com destaque para a energia e os alimentos.",
    ),
    (
        "it",
        "I prezzi sono aumentati ancora a settembre, ha comunicato l'istituto "
        "di statistica, soprattutto quelli dell'energia e del cibo.",
    ),
    (
        "nl",
        "De prijzen zijn in september opnieuw gestegen, meldt het "
        "statistiekbureau, vooral die van stroom en levensmiddelen.",
    ),
    (
        "sv",
        "Priserna steg igen i september, meddelade statistikmyndigheten, och "
        "särskilt el och livsmedel har blivit dyrare än förra året.",
    ),
    (
        "no",
        "Prisene steg igjen i september, opplyser statistikkbyrået, og særlig "
        "strøm og mat har blitt dyrere enn i fjor.",
    ),
    (
        "fi",
        "Hinnat nousivat jälleen syyskuussa, tilastokeskus kertoo, ja "
        "erityisesti sähkö ja ruoka ovat kallistuneet viime vuodesta.",
    ),
    (
        "pl",
        "Ceny znów wzrosły we wrześniu, podał urząd statystyczny, a najbardziej"
        " podrożały prąd i żywność w dużych miastach.",
    ),
    (
        "cs",
        "Ceny v září opět vzrostly, uvedl statistický úřad, a nejvíce zdražila "
        "elektřina a potraviny ve velkých městech.",
    ),
    (
        "sk",
        "Ceny v septembri opäť vzrástli, uviedol štatistický úrad, a najviac "
        "zdražela elektrina a potraviny vo veľkých mestách.",
    ),
    (
        "hu",
        "Szeptemberben ismét emelkedtek az árak, közölte a statisztikai "
        "hivatal, leginkább az áram és az élelmiszer drágult.",
    ),
    (
        "ro",
        "Prețurile au crescut din nou în septembrie, a anunțat institutul de "
        "statistică, mai ales la energie și la alimente.",
    ),
    (
        "hr",
        "Cijene su u rujnu ponovno porasle, objavio je zavod za statistiku, a "
        "najviše su poskupjeli struja i hrana u većim gradovima.",
    ),
    (
        "sr",
        "Цене су у септембру поново порасле, саопштио је завод за статистику, а"
        " највише су поскупели струја и храна.",
    ),
    (
        "sl",
        "Cene so se septembra znova zvišale, je sporočil statistični urad, "
        "najbolj pa so se podražili elektrika in živila.",
    ),
    (
        "bg",
        "Цените отново се повишиха през септември, съобщи статистическият "
        "институт, като най-много поскъпнаха токът и храните.",
    ),
    (
        "ru",
        "Цены в сентябре снова выросли, сообщило статистическое ведомство, "
        "сильнее всего подорожали электричество и продукты.",
    ),
    (
        "uk",
        "Ціни у вересні знову зросли, повідомило статистичне відомство, "
        "найбільше подорожчали електроенергія та продукти.",
    ),
    (
        "tr",
        "Fiyatlar eylülde yeniden yükseldi; istatistik kurumuna göre en çok "
        "elektrik ve gıda ürünleri pahalandı.",
    ),
    (
        "vi",
        "Giá cả lại tăng trong tháng Chín, theo cơ quan thống kê, nhất là giá "
        "điện và thực phẩm ở các thành "
        "phố lớn.",
    ),
    (
        "et",
        "Hinnad tõusid septembris taas, teatas statistikaamet, ning kõige "
        "rohkem kallinesid elekter ja toit suurtes linnades.",
    ),
    (
        "lv",
        "Cenas septembrī atkal pieauga, ziņo statistikas pārvalde, un visvairāk"
        " sadārdzinājās elektrība un pārtika.",
    ),
    (
        "lt",
        "Kainos rugsėjį vėl pakilo, praneša statistikos departamentas, o "
        "labiausiai pabrango elektra ir maisto produktai.",
    ),
    (
        "ca",
        "Els preus van tornar a pujar al setembre, segons l'institut "
        "d'estadística, sobretot els de la llum i els aliments.",
    ),
    (
        "sq",
        "Çmimet u rritën sërish në shtator, njoftoi instituti i statistikave, "
        "dhe më shumë u shtrenjtuan energjia dhe ushqimet.",
    ),
    (
        "az",
        "Qiymətlər sentyabrda yenidən artdı, statistika idarəsi bildirir ki, ən"
        " çox elektrik və ərzaq bahalaşıb.",
    ),
    (
        "is",
        "Verð hækkaði aftur í september, segir hagstofan, og mest hefur rafmagn"
        " og matvara hækkað á milli ára.",
    ),
    (
        "sw",
        "Bei zimepanda tena mwezi Septemba, kwa mujibu wa ofisi ya takwimu, "
        "hasa bei ya umeme na chakula katika miji mikubwa.",
    ),
    (
        "ar",
        "ارتفعت الأسعار مجددا في سبتمبر بحسب مكتب الإحصاء، وكانت الكهرباء "
        "والمواد الغذائية الأكثر ارتفاعا في المدن الكبرى.",
    ),
    (
        "fa",
        "قیمت‌ها در شهریور دوباره افزایش یافت و به گفته مرکز آمار، برق و مواد "
        "غذایی بیش از همه گران شده است.",
    ),
    (
        "ur",
        "ستمبر میں قیمتیں ایک بار پھر بڑھ گئیں، ادارہ شماریات کے مطابق بجلی اور"
        " خوراک سب سے زیادہ مہنگی ہوئی ہے۔",
    ),
    (
        "hi",
        "सितंबर में कीमतें फिर बढ़ गईं, सांख्यिकी कार्यालय के अनुसार बिजली और "
        "खाने की चीजें सबसे ज्यादा महंगी हुई हैं।",
    ),
    (
        "mr",
        "सप्टेंबरमध्ये किमती पुन्हा वाढल्या, असे सांख्यिकी कार्यालयाने सांगितले"
        " आहे आणि वीज व अन्नधान्य महागले.",
    ),
    (
        "ne",
        "असोजमा मूल्य फेरि बढेको तथ्यांक कार्यालयले जनाएको छ र बिजुली तथा "
        "खाद्यान्न सबैभन्दा महँगो भएको छ।",
    ),
    (
        "gl",
        "Os prezos volveron subir en setembro, segundo o instituto de "
        "estatística, sobre todo os da luz e os alimentos nas cidades.",
    ),
    (
        "eu",
        "Prezioak berriro igo dira irailean, estatistika erakundeak jakinarazi "
        "duenez, eta batez ere argia eta elikagaiak garestitu dira.",
    ),
    (
        "af",
        "Die pryse het in September weer gestyg, het die statistiekkantoor "
        "gesê, en veral krag en kos het duurder geword.",
    ),
    (
        "ms",
        "Harga kembali naik pada bulan September, menurut jabatan perangkaan, "
        "terutamanya bil elektrik dan makanan kerana bekalan kurang.",
    ),
    (
        "be",
        "Цэны ў верасні зноў выраслі, паведаміла статыстычнае ведамства, "
        "найбольш падаражэлі электрычнасць і прадукты.",
    ),
    (
        "kk",
        "Қыркүйекте баға қайта өсті, статистика бюросының мәліметінше, электр "
        "қуаты мен азық-түлік көбірек қымбаттады.",
    ),
    (
        "tl",
        "Muling tumaas ang mga presyo noong Setyembre, ayon sa tanggapan ng "
        "estadistika, lalo na ang kuryente at pagkain.",
    ),
    (
        "da",
        "Byrådet besluttede mandag at lukke den gamle svømmehal, men mange "
        "forældre vil ikke acceptere beslutningen og klager nu.",
    ),
    (
        "mk",
        "Советот на градот во понеделникот одлучи да го затвори стариот базен, "
        "но многу родители не сакаат да ја прифатат одлуката.",
    ),
    (
        "el",
        "Το δημοτικό συμβούλιο αποφάσισε τη Δευτέρα να κλείσει το παλιό "
        "κολυμβητήριο, αλλά πολλοί γονείς διαφωνούν.",
    ),
    (
        "id",
        "Dewan kota pada hari Senin memutuskan untuk menutup kolam renang lama,"
        " tetapi banyak orang tua tidak mau menerima keputusan itu.",
    ),
    (
        "ps",
        "د ښار شورا د دوشنبې په ورځ پرېکړه وکړه چې زوړ د لامبو ډنډ وتړي، خو ډېر"
        " مور او پلار دا پرېکړه نه مني.",
    ),
    (
        "he",
        "מועצת העיר החליטה ביום שני לסגור את בריכת השחייה הישנה, אך הורים רבים "
        "אינם מוכנים לקבל את ההחלטה.",
    ),
    (
        "bn",
        "নগর পরিষদ সোমবার পুরনো সুইমিং পুল বন্ধ করার সিদ্ধান্ত নিয়েছে, কিন্তু "
        "অনেক অভিভাবক এই সিদ্ধান্ত মানতে রাজি নন।",
    ),
    (
        "ta",
        "நகர சபை திங்களன்று பழைய நீச்சல் குளத்தை மூட முடிவு செய்தது, ஆனால் பல "
        "பெற்றோர்கள் இதை ஏற்க மறுக்கின்றனர்.",
    ),
    (
        "te",
        "నగర మండలి సోమవారం పాత ఈత కొలనును మూసివేయాలని నిర్ణయించింది, కానీ చాలా "
        "మంది తల్లిదండ్రులు దీనిని అంగీకరించడం లేదు.",
    ),
    (
        "ml",
        "നഗരസഭ തിങ്കളാഴ്ച പഴയ നീന്തൽക്കുളം അടയ്ക്കാൻ തീരുമാനിച്ചു, എന്നാൽ പല "
        "മാതാപിതാക്കളും ഇത് അംഗീകരിക്കുന്നില്ല.",
    ),
    (
        "th",
        "สภาเมืองตัดสินใจเมื่อวันจันทร์ที่จะปิดสระว่ายน้ำเก่า แต่ผู้ปกครองจำนวนมากไม่ยอมรับการตัดสินใจนี้",
    ),
    (
        "zh",
        "市议会周一决定关闭旧游泳池，但许多家长不愿接受这一决定，准备向法院提起诉讼。",
    ),
    (
        "ja",
        "市議会は月曜日、古いプールを閉鎖することを決めたが、多くの保"
        "護者はこの決定に反対している。",
    ),
    (
        "ko",
        "시의회는 월요일 낡은 수영장을 폐쇄하기로 결정했지만 많"
        "은 학부모들은 이 결정을 받아들이지 않고 있다.",
    ),
    (
        "ka",
        "საკრებულომ ორშაბათს გადაწყვიტა ძველი აუზის დახურვა, მაგრამ ბევრი "
        "მშობელი ამ გადაწყვეტილებას არ ეთანხმება.",
    ),
    (
        "hy",
        "Քաղաքային խորհուրդը երկուշաբթի որոշեց փակել հին լողավազանը, սակայն շատ"
        " ծնողներ համաձայն չեն այդ որոշմանը։",
    ),
    (
        "am",
        "የከተማው ምክር ቤት ሰኞ ዕለት አሮጌውን የመዋኛ ገንዳ ለመዝጋት ወሰነ፤ ብዙ ወላጆች ግን ውሳኔውን አልተቀበሉትም።",
    ),
    (
        "km",
        "ក្រុមប្រឹក្សាក្រុងបានសម្រេចចិត្តកាលពីថ្ងៃចន្ទបិទអាងហែលទឹកចាស់ ប៉ុន្តែឪពុកម្តាយជាច្រើនមិនយល់ព្រម។",
    ),
    (
        "my",
        "မြို့တော်ကောင်စီက တနင်္လာနေ့တွင် ရေကူးကန်ဟောင်းကို ပိတ်ရန် ဆုံးဖြတ်ခဲ့သော်လည်း မိဘများစွာက လက်မခံကြပါ။",
    ),
    (
        "mn",
        "Хотын зөвлөл даваа гарагт хуучин усан санг хаахаар шийдсэн боловч олон"
        " эцэг эх энэ шийдвэрийг хүлээн зөвшөөрөхгүй байна.",
    ),
    (
        "ga",
        "Shocraigh an chomhairle Dé Luain an seanlinn snámha a dhúnadh, ach níl"
        " go leor tuismitheoirí sásta glacadh leis an gcinneadh.",
    ),
    (
        "cy",
        "Penderfynodd y cyngor ddydd Llun gau'r hen bwll nofio, ond mae llawer "
        "o rieni yn gwrthod derbyn y penderfyniad ac am fynd i'r llys.",
    ),
    (
        "mt",
        "Il-kunsill iddeċieda nhar it-Tnejn li jagħlaq il-pixxina l-antika, "
        "iżda ħafna ġenituri ma jridux jaċċettaw din id-deċiżjoni.",
    ),
    (
        "lb",
        "De Gemengerot huet e Méindeg decidéiert, déi al Schwämm zouzemaachen, "
        "mee vill Eltere sinn domat net d'accord an wëllen op d'Geriicht goen.",
    ),
    (
        "so",
        "Golaha magaalada ayaa Isniintii go'aansaday inuu xiro barkaddii hore, "
        "laakiin waalidiin badan ayaan aqbalin go'aankaas.",
    ),
    (
        "ha",
        "Majalisar birnin ta yanke shawarar rufe tsohon wurin ninkaya a ranar "
        "Litinin, amma iyaye da yawa ba su yarda da wannan hukunci ba.",
    ),
    (
        "uz",
        "Shahar kengashi dushanba kuni eski basseynni yopishga qaror qildi, "
        "ammo koʻplab ota-onalar bu qarorga rozi emas va sudga murojaat "
        "qilmoqchi.",
    ),
]


@pytest.mark.parametrize(
    ("code", "text"), SENTENCES, ids=[code for code, _ in SENTENCES]
)
def test_a_sentence_gives_its_language_away(code: str, text: str) -> None:
    assert language.detect(text) == code


@pytest.mark.parametrize(
    "text", ["", "Reuters", "12:30 – 4:2", "Lenne Byrne Quay " * 9]
)
def test_too_few_words_or_names_alone_give_no_language(text: str) -> None:
    assert language.detect(text) is None


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        ("en-US", "en"), ("pt_BR", "pt"), ("English", "en"), ("deu", "de"), ("nb-NO", "no"),
        ("iw", "he"), ("zh-Hans-CN", "zh"), (" FR ", "fr"), ("und", None), ("", None),
        ("x-default", None), (None, None),
    ],
)  # fmt: skip
def test_a_declaration_is_its_primary_subtag(
    declared: str | None, code: str | None
) -> None:
    assert language.primary(declared) == code


GERMAN = (
    "Der Stadtrat hat am Montag beschlossen, das alte Schwimmbad zu schließen, und viele "
    "Eltern wollen sich dagegen wehren, weil es das einzige in der Stadt ist. "
) * 3


def spoken(
    attributes: str, text: str, *, head: str = "", feed: str | None = None
) -> tuple[str | None, str | None]:
    html = f"<html {attributes}><head>{head}</head><body><h1>Titel</h1></body></html>"
    document = read_document.bounded(html, "https://www.dailyharbour.example/a")
    got = read_language.spoken(read_clues.clues(document), text, feed=feed)
    return got.language, got.declared


@pytest.mark.parametrize(
    ("attributes", "head", "feed", "expected"),
    [
        ("lang=de-AT", "", None, ("de", None)),
        ("", '<meta property="og:locale" content="de_DE">', None, ("de", None)),
        ("", '<meta http-equiv="content-language" content="de">', None, ("de", None)),
        ("", "", "de", ("de", None)),
        ("", "", None, ("de", None)),
        ("lang=en", "", None, ("de", "en")),
        ("lang=ja", "", None, ("de", "ja")),
        ("lang=en", '<meta property="og:locale" content="de_DE">', None, ("de", "en")),
    ],
)
def test_words_outweigh_what_a_template_declares(
    attributes: str, head: str, feed: str | None, expected: tuple[str, str | None]
) -> None:
    assert spoken(attributes, GERMAN, head=head, feed=feed) == expected


def test_a_few_foreign_words_do_not_outweigh_a_declaration() -> None:
    assert spoken("lang=nl", "Der Spiegel: das ist nicht die ganze Wahrheit") == (
        "nl",
        None,
    )


def test_another_script_outweighs_at_once() -> None:
    text = "市議会は月曜日、古いプールを閉鎖することを決めたが、保護者は反対している。"
    assert spoken("lang=en", text) == ("ja", "en")
