"""Names of months, days and halves of the day in the languages feeds are written in.

Maps them to English so that one set of date patterns serves all.
"""

from __future__ import annotations

_MONTHS = (
    "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari styczeń "
    "stycznia leden ledna január ianuarie ocak января январь янв січня ιαν ιανουαρίου "
    "ιανουάριος tammikuu tammikuuta sausio sty oca",
    "february feb febr februar feber février fév févr febrero febbraio fevereiro fev "
    "februari luty lutego únor února február februarie şubat февраля февраль фев лютого "
    "φεβ φεβρουαρίου φεβρουάριος helmikuu helmikuuta lut şub",
    "march mar märz maerz mär mrz mars marzo março maart mrt marzec marca březen března "
    "március márc martie mart марта март мар березня μάρ μαρ μαρτίου μάρτιος maaliskuu",
    "april apr avril avr abril abr aprile kwiecień kwietnia duben dubna április ápr "
    "aprilie nisan апреля апрель апр квітня απρ απριλίου απρίλιος huhtikuu "
    "kwi nis",
    "may mai mayo maggio mag maio mei maj maja květen května május máj mayıs мая май "
    "травня μάι μαϊ μαι μαΐ μαΐου μάιος toukokuu",
    "june jun juni juin junio giugno giu junho czerwiec czerwca červen června június jún "
    "iunie haziran июня июнь июн червня ιούν ιουν ιον ιουνίου ιούνιος kesäkuu "
    "cze haz",
    "july jul juli juillet juil julio luglio lug julho lipiec lipca červenec července "
    "július júl iulie temmuz июля июль июл липня ιούλ ιουλ ιολ ιουλίου ιούλιος heinäkuu "
    "lip tem",
    "august aug août aout agosto ago sierpień sierpnia srpen srpna augusztus "
    "augustus ağustos августа август авг серпня αύγ αυγ αυγούστου αύγουστος elokuu "
    "sie ağu",
    "september sep sept septembre septiembre settembre set setembro wrzesień września "
    "září szeptember szept septembrie eylül сентября сентябрь сен сент вересня σεπ "
    "σεπτεμβρίου σεπτέμβριος syyskuu wrz eyl",
    "october oct okt oktober octobre octubre ottobre ott outubro out październik "
    "października říjen října október octombrie ekim октября октябрь окт жовтня οκτ "
    "οκτωβρίου οκτώβριος lokakuu paź eki",
    "november nov novembre noviembre novembro listopad listopada listopadu "
    "noiembrie kasım ноября ноябрь ноя листопада νοέ νοε νοεμ νοεμβρίου νοέμβριος "
    "marraskuu kas",
    "december dec dez dezember décembre déc diciembre dic dicembre dezembro grudzień "
    "grudnia prosinec prosince decembrie aralık декабря декабрь дек грудня δεκ "
    "δεκεμβρίου δεκέμβριος joulukuu gru des desember ara",
)
# Languages met in pages more than in feeds, month by month: Slavic and Baltic cases first,
# then by script.
_FURTHER = (
    "január januára januar januara januarja јануари јануар јануара януари студзеня "
    "siječanj siječnja jaanuar janvāris janvārī janvāra janúar janar yanvar қаңтар "
    "იანვარი იანვარს հունվար հունվարի ינואר בינואר يناير جانفي ژانویه جنوری जनवरी "
    "जानेवारी জানুয়ারি জানুয়ারী ஜனவரி జనవరి ಜನವರಿ ജനുവരി જાન્યુઆરી มกราคม ม.ค. gener "
    "xaneiro urtarrilaren січень",
    "február februára februara februarja фебруари фебруар фебруара февруари лютага "
    "veljača veljače veebruar februāris februārī februāra febrúar shkurt fevral pebrero "
    "ақпан თებერვალი თებერვალს փետրվար փետրվարի פברואר בפברואר فبراير فيفري فوریه فروری "
    "फरवरी फ़रवरी फेब्रुवारी ফেব্রুয়ারি ফেব্রুয়ারী பிப்ரவரி ఫిబ్రవరి ಫೆಬ್ರವರಿ ഫെബ്രുവരി "
    "ફેબ્રુઆરી กุมภาพันธ์ ก.พ. febrer febreiro otsailaren vasario лютий",
    "marec marca marta марта сакавіка ožujak ožujka märts marts martā наурыз მარტი მარტს "
    "մարտ մարտի מרץ במרץ مارس مارچ मार्च মার্চ மார்ச் మార్చి ಮಾರ್ಚ್ മാർച്ച് માર્ચ มีนาคม "
    "มี.ค. març martxoaren kovo marso березень",
    "apríl apríla aprila април априла красавіка travanj travnja aprill aprīlis aprīlī "
    "aprīļa aprel prill сәуір აპრილი აპრილს ապրիլ ապրիլի אפריל באפריל أبريل ابريل إبريل "
    "أفريل آوریل اپریل अप्रैल एप्रिल এপ্রিল ஏப்ரல் ఏప్రిల్ ಏಪ್ರಿಲ್ ഏപ്രിൽ એપ્રિલ เมษายน "
    "เม.ย. abril apirilaren balandžio квітень",
    "máj mája maja maí мај маја svibanj svibnja maijs maijā maija مايو ماي مه می مئی मई "
    "मे মে மே మే ಮೇ മേയ് મે พฤษภาคม พ.ค. maig maiatzaren gegužės мамыр მაისი მაისს մայիս "
    "մայիսի מאי במאי أيار ايار травень",
    "jún júna juna junij junija јуни јун јуна юни чэрвеня lipanj lipnja juuni jūnijs "
    "jūnijā jūnija júní qershor iyun маусым ივნისი ივნისს հունիս հունիսի יוני ביוני "
    "يونيو جوان ژوئن جون जून জুন ஜூன் జూన్ ಜೂನ್ ജൂൺ જૂન มิถุนายน มิ.ย. juny xuño "
    "ekainaren birželio hunyo червень حزيران",
    "júl júla jula julij julija јули јул јула юли ліпеня srpanj srpnja juuli jūlijs "
    "jūlijā jūlija júlí korrik iyul шілде ივლისი ივლისს հուլիս հուլիսի יולי ביולי يوليو "
    "يوليوز جويلية ژوئیه جولای جولائی जुलाई जुलै জুলাই ஜூலை జులై జూలై ಜುಲೈ ജൂലൈ જુલાઈ "
    "กรกฎาคม ก.ค. juliol xullo uztailaren liepos hulyo липень تموز",
    "avgust avgusta августа augusta жніўня kolovoz kolovoza augusts augustā ágúst gusht "
    "avqust тамыз აგვისტო აგვისტოს օգոստոս օգոստոսի אוגוסט באוגוסט أغسطس اغسطس غشت أوت "
    "اوت آگوست اگست अगस्त ऑगस्ट আগস্ট ஆகஸ்ட் ఆగస్టు ಆಗಸ್ಟ್ ഓഗസ്റ്റ് ઑગસ્ટ สิงหาคม ส.ค. "
    "agost abuztuaren rugpjūčio ogos agt серпень серпня آب",
    "septembra septembar септембар септембра септември верасня rujan rujna septembris "
    "septembrī shtator sentyabr sentabr қыркүйек სექტემბერი სექტემბერს სექტემბრის "
    "սեպտեմբեր սեպտեմբերի ספטמבר בספטמבר سبتمبر شتنبر سپتامبر ستمبر सितंबर सितम्बर "
    "सप्टेंबर সেপ্টেম্বর செப்டம்பர் సెప్టెంబర్ ಸೆಪ್ಟೆಂಬರ್ സെപ്റ്റംബർ સપ્ટેમ્બર กันยายน ก.ย. "
    "setembre irailaren rugsėjo setyembre вересень أيلول",
    "októbra oktobra oktobar октобар октобра октомври кастрычніка oktoober oktobris "
    "oktobrī tetor oktyabr oktabr қазан ოქტომბერი ოქტომბერს հոկտեմբեր հոկտեմբերի אוקטובר "
    "באוקטובר أكتوبر اكتوبر اکتبر اکتوبر अक्टूबर अक्तूबर ऑक्टोबर অক্টোবর அக்டோபர் అక్టోబర్ "
    "ಅಕ್ಟೋಬರ್ ഒക്ടോബർ ઑક્ટોબર ตุลาคม ต.ค. urriaren spalio oktubre жовтень",
    "novembra novembar новембар новембра ноември лістапада studeni studenog studenoga "
    "novembris novembrī nóvember nëntor noyabr қараша ნოემბერი ნოემბერს նոյեմբեր "
    "նոյեմբերի נובמבר בנובמבר نوفمبر نونبر نوامبر نومبر नवंबर नवम्बर नोव्हेंबर নভেম্বর "
    "நவம்பர் నవంబర్ ನವೆಂಬರ್ നവംബർ નવેમ્બર พฤศจิกายน พ.ย. azaroaren lapkričio nobyembre "
    "листопад",
    "decembra decembar децембар децембра декември снежня prosinac prosinca detsember "
    "decembris decembrī dhjetor dekabr желтоқсан დეკემბერი დეკემბერს դեկտեմբեր "
    "դեկտեմբերի דצמבר בדצמבר ديسمبر دجنبر دسامبر دسمبر दिसंबर दिसम्बर डिसेंबर ডিসেম্বর "
    "டிசம்பர் డిసెంబర్ ಡಿಸೆಂಬರ್ ഡിസംബർ ડિસેમ્બર ธันวาคม ธ.ค. abenduaren gruodžio disyembre "
    "грудень",
)
# Arabic of the Levant, with months of two words.
_LEVANTINE = {
    "كانون الثاني": 1, "شباط": 2, "آذار": 3, "اذار": 3, "نيسان": 4, "تشرين الأول": 10,
    "تشرين الاول": 10, "تشرين الثاني": 11, "كانون الأول": 12, "كانون الاول": 12,
}  # fmt: skip
# What a language calls otherwise than its neighbours do.
_OWN = {
    "hr": {"listopad": 10, "listopada": 10},
    "bs": {"listopad": 10, "listopada": 10},
}
_NUMBERS = _LEVANTINE | {
    name: number
    for lists in (_FURTHER, _MONTHS)
    for number, names in enumerate(lists, 1)
    for name in names.split()
}
_ENGLISH = tuple((names.split()[0], at) for at, names in enumerate(_MONTHS, 1))
_DAY_NAMES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu
    thur thurs fri sat sun montag dienstag mittwoch donnerstag freitag samstag sonnabend
    sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles
    jueves viernes sábado domingo segunda terça quarta quinta sexta lunedì martedì
    mercoledì giovedì venerdì sabato domenica κυρ δευ τρι τετ πεμ παρ σαβ mo di mi do fr
    sa so lun mer jeu ven sam dim пн вт ср чт пт сб вс ma to on ti ke la su pe vr za zo
    wo""".split()
)
_AM = frozenset(("am", "a.m.", "a.m", "오전", "上午", "午前"))
_PM = frozenset(("pm", "p.m.", "p.m", "오후", "下午", "午後"))


_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def month(name: str, language: str | None = None) -> int | None:
    """The number of a month named in full or short, or None. The language (primary
    subtag) decides where neighbours mean different months by one name."""
    lowered = name.lower()
    known = _NUMBERS.get(lowered)
    if known is None:
        lowered = lowered.rstrip(".,")
        known = _NUMBERS.get(lowered)
    if language in _OWN:
        known = _OWN[language].get(lowered, known)
    if known is None and len(lowered) > 3:
        # `Septem`: a beginning of the English name.
        starts = (number for name, number in _ENGLISH if name.startswith(lowered))
        return next(starts, None)
    return known


def is_day_name(name: str) -> bool:
    """Whether a word names a day of the week."""
    return name.lower().rstrip(".,") in _DAY_NAMES


def weekday(names: list[str]) -> int | None:
    """The day of the week, from 0 for Monday, that the English names among these say."""
    found = {name[:3] for name in names if name in _DAY_NAMES and name[:3] in _WEEKDAYS}
    return _WEEKDAYS.index(found.pop()) if len(found) == 1 else None


def half(word: str) -> str | None:
    """`am`, `pm`, or None where a word says neither."""
    lowered = word.lower()
    if lowered in _AM:
        return "am"
    return "pm" if lowered in _PM else None


def half_in(text: str) -> str | None:
    """The half of the day that a text names before the clock, as in Korean."""
    return next(filter(None, map(half, text.split())), None)
