"""Agencies under the names and letters that credits use, by the domain they publish at.

The registry of outlets knows them by their full names; this list adds what stands in
datelines and credit lines. Letters are told apart by case: `AP` is one, `ap` is not.
"""

from __future__ import annotations

_LINES = """
reuters.com | Reuters | Thomson Reuters | Reuters Staff | RTR | REUTERS
reuters.com | rtr | رويترز | 路透社 | 路透 | ロイター | Рейтер
apnews.com | AP | A.P. | Associated Press | The Associated Press
apnews.com | أسوشيتد برس | 美联社 | 美聯社
afp.com | AFP | Agence France-Presse | Agence France Presse | أ ف ب | أ.ف.ب
afp.com | فرانس برس | 法新社
dpa.com | dpa | DPA | Deutsche Presse-Agentur | dpa-infocom | dpa-AFX
dpa.com | dpa International
efe.com | EFE | Agencia EFE | EFE News
ansa.it | ANSA | Ansa
upi.com | UPI | United Press International
bloomberg.com | Bloomberg | Bloomberg News
pa.media | PA | PA Media | Press Association | PA news agency
pa.media | Press Association Reporter
thecanadianpress.com | The Canadian Press | Canadian Press
thecanadianpress.com | La Presse Canadienne | CP
aap.com.au | AAP | Australian Associated Press
ptinews.com | PTI | Press Trust of India
aninews.in | ANI | Asian News International
ians.in | IANS | Indo-Asian News Service
uniindia.com | UNI | United News of India
app.com.pk | APP | Associated Press of Pakistan
bssnews.net | BSS | Bangladesh Sangbad Sangstha
unb.com.bd | UNB | United News of Bangladesh
xinhuanet.com | Xinhua | Xinhua News Agency | 新华社 | 新華社 | 新华网
chinanews.com.cn | 中新社 | 中新网 | China News Service
cna.com.tw | 中央社 | Central News Agency
kyodonews.net | Kyodo | Kyodo News | 共同通信 | 共同通信社 | 共同社 | 共同
jiji.com | Jiji | Jiji Press | 時事通信 | 時事通信社 | 時事
yna.co.kr | Yonhap | Yonhap News Agency | 연합뉴스
newsis.com | Newsis | 뉴시스
news1.kr | News1 | 뉴스1
bernama.com | Bernama | BERNAMA
antaranews.com | Antara | ANTARA
tass.com | TASS | ТАСС | ITAR-TASS
ria.ru | RIA Novosti | РИА Новости
interfax.ru | Interfax | Интерфакс | INTERFAX.RU
ukrinform.net | Ukrinform | Укрінформ | Укринформ
unian.net | UNIAN | УНІАН | УНИАН
apa.at | APA | Austria Presse Agentur
keystone-sda.ch | SDA | sda | ATS | Keystone-SDA | Keystone-ATS | awp | AWP
kna.de | KNA | Katholische Nachrichten-Agentur
epd.de | epd | Evangelischer Pressedienst
sid.de | SID | Sport-Informations-Dienst
dts-nachrichtenagentur.de | dts | dts Nachrichtenagentur
anp.nl | ANP | Algemeen Nederlands Persbureau
belganewsagency.eu | Belga | BELGA
ntb.no | NTB | Norsk Telegrambyrå
tt.se | TT | TT Nyhetsbyrån | Tidningarnas Telegrambyrå
ritzau.dk | Ritzau | /ritzau/
stt.fi | STT | STT–Lehtikuva
lusa.pt | Lusa | LUSA | Agência Lusa
agenciabrasil.ebc.com.br | Agência Brasil
estadaoconteudo.com.br | Estadão Conteúdo
folhapress.com.br | Folhapress | FOLHAPRESS
europapress.es | Europa Press | EUROPA PRESS
telam.com.ar | Télam | Telam
noticiasargentinas.com.ar | Noticias Argentinas
notimex.gob.mx | Notimex | NOTIMEX
prensa-latina.cu | Prensa Latina
adnkronos.com | Adnkronos
agi.it | AGI
italpress.com | ITALPRESS | Italpress
lapresse.it | LaPresse | LAPRESSE
pap.pl | PAP | Polska Agencja Prasowa
ceskenoviny.cz | ČTK | CTK
tasr.sk | TASR
sita.sk | SITA
mti.hu | MTI
agerpres.ro | AGERPRES | Agerpres
mediafax.ro | Mediafax | MEDIAFAX
bta.bg | BTA | БТА
hina.hr | HINA | Hina
tanjug.rs | Tanjug | TANJUG | Танјуг
fena.ba | FENA | Fena
sta.si | STA
amna.gr | AMNA | ΑΠΕ-ΜΠΕ | ΑΠΕ
aa.com.tr | AA | Anadolu | Anadolu Agency | Anadolu Ajansı
dha.com.tr | DHA | Demirören Haber Ajansı
iha.com.tr | İHA | IHA | İhlas Haber Ajansı
irna.ir | IRNA
wam.ae | WAM
spa.gov.sa | SPA | Saudi Press Agency
nannews.ng | NAN | News Agency of Nigeria
ghananewsagency.org | GNA | Ghana News Agency
vnanet.vn | TTXVN | VNA
bns.lt | BNS
elta.lt | ELTA
leta.lv | LETA
prnewswire.com | PRNewswire | PR Newswire | PRNewswire-USNewswire
prnewswire.com | PRNewswire-FirstCall
businesswire.com | BUSINESS WIRE | Business Wire | BusinessWire
globenewswire.com | GLOBE NEWSWIRE | GlobeNewswire | Globe Newswire
globenewswire.com | GLOBENEWSWIRE
accesswire.com | ACCESSWIRE | ACCESS Newswire | Accesswire
newswire.ca | CNW | CNW Telbec | Cision | Canada NewsWire
einpresswire.com | EINPresswire | EIN Presswire | EINPresswire.com
einpresswire.com | EIN Presswire.com
newsfilecorp.com | Newsfile Corp. | Newsfile Corp | Newsfile
prweb.com | PRWEB | PRWeb
prlog.org | PRLog
presseportal.de | ots | news aktuell | OTS
ots.at | APA-OTS | OTS Originaltext
prtimes.jp | PR TIMES
"""

RELEASES = frozenset(
    "prnewswire.com businesswire.com globenewswire.com accesswire.com newswire.ca "
    "einpresswire.com newsfilecorp.com prweb.com prlog.org presseportal.de ots.at "
    "prtimes.jp".split()
)
"""Domains of wires that carry what others send them."""


def _by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _LINES.strip().splitlines():
        domain, *names = (cell.strip() for cell in line.split(" | "))
        found.update(dict.fromkeys(names, domain))
    return found


_BY_NAME = _by_name()
_LONG = {name.casefold(): domain for name, domain in _BY_NAME.items() if len(name) > 5}


def domain(name: str) -> str | None:
    """The domain of the agency or wire that a credit names; None: it names none. Up to
    five letters must stand as the agency writes them, longer names in any case."""
    bare = " ".join(name.split()).strip(" .,:;-–—/()[]*")
    if found := _BY_NAME.get(bare):
        return found
    return _LONG.get(bare.casefold())
