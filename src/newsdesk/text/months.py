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
_NUMBERS = {
    name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()
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


def month(name: str) -> int | None:
    """The number of a month named in full or short, or None."""
    lowered = name.lower().rstrip(".,")
    known = _NUMBERS.get(lowered)
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
