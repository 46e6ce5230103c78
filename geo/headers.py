"""What a column is for by its name alone, in the spellings that people and programs give it."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

ROLES = (
    *("id", "who", "remote", "what", "summary", "when", "time", "end", "end_time", "where", "lat", "lon", "point"),
    *("first", "last", "radius", "chapter", "outcome", "source"),
)

# Role (and level, where several columns make one thing): phrases, the clearest first, every one in plain lower case.
_PHRASES = {
    "id": "id|event id|record id|incident id|row id|case id|identifier|identificador|id evento|object id|objectid|"
    "fid|uid|uuid|guid|event number|incident number|case number|case no|record number|report number|dr no|ref|"
    "numero|no|nr|num|number|clave|expediente|folio|event id cnty|globaleventid",
    "who": "who|people|person|persons|persona|personas|quien|quienes|actor|actors|actores|participants|participant|"
    "participantes|participante|persons involved|people involved|people present|present|involved persons|characters|"
    "character|personajes|personaje|crew|individual|individuals|subjects|members|member|party|parties|suspect|"
    "suspects|suspect name|suspect names|sospechoso|sospechosos|victim|victims|victima|victimas|officer|officers|"
    "agente|agentes|witness|witnesses|testigo|testigos|defendant|perpetrator|accused|acusado|detective|investigator|"
    "protagonist|protagonista|protagonistas|implicados|involucrados|caller|calling number|calling party|calling no|"
    "a number|a party|party a|number a|from number|numero llamante|llamante|numero origen|origin number|sender|"
    "remitente|msisdn|subscriber|abonado|phone number|telephone|phone|telefono|device|device id|user|username|"
    "user id|user name|usuario|driver|traveller|traveler|passenger|visitor|gname|speaker|artist|entity|entities|"
    "organisation|organization|vessel|vessel name|ship|vehicle|vehiculo|individual local identifier|"
    "tag local identifier|assignee|responsible|attendees|asistentes|qui|personne|personnes|wer|personen|chi|persone|"
    "quem|pessoa|pessoas",
    "name": "name|names|nombre|nombres|full name|nombre completo|nom|nome|title name",
    "first": "first name|firstname|forename|given name|nombre de pila|primer nombre|vorname|prenom",
    "last": "last name|lastname|surname|family name|apellido|apellidos|nachname|nom de famille",
    "remote": "remote|involved remotely|by phone|on the phone|callee|called|called number|called party|called no|"
    "b number|b party|party b|number b|to number|dialed number|dialled number|number called|number dialed|"
    "other number|other party|destination number|numero destino|numero llamado|llamado|recipient|recipients|"
    "receiver|destinatario|contact|mentioned|observer|observers|from elsewhere|absent|mencionados",
    "what": "what|title|headline|event|event title|event name|titulo|titular|evento|que|que paso|hecho|hechos|"
    "acontecimiento|suceso|label|heading|event label|incident|incidente|incident title|incident type|"
    "incident type desc|event type|tipo de evento|activity|actividad|action|accion|happening|offense|offence|"
    "offense type|crime|crime type|primary type|crm cd desc|delito|tipo de delito|call type|call type description|"
    "nature|nature of call|charge|subject|asunto|what happened|task|tarea|visit|was|quoi|evenement|ereignis|titel|"
    "titre|titolo|o que|attacktype1|message|mensaje|tweet|post|kind|type|tipo|category|categoria|sub type",
    "summary": "summary|description|event description|incident description|desc|details|detail|text|narrative|notes|"
    "note|comments|comment|remarks|body|resumen|descripcion|detalles|detalle|texto|notas|nota|comentario|"
    "comentarios|observaciones|relato|sinopsis|synopsis|abstract|story|report|content|contenido|beschreibung|"
    "descricao|caption|public narrative|full text|long description|display text",
    "when": "when|cuando|start|start date|startdate|date start|start datetime|start date time|begin|begin date|"
    "date begin|beginning|inicio|fecha inicio|fecha de inicio|fecha inicial|desde|from date|date from|date occurred|"
    "date occ|occurred|occurred on|occurred at|occurrence date|incident date|incident datetime|event date|"
    "event datetime|date of event|date of incident|date of occurrence|datetime|date time|date and time|date|"
    "timestamp|time stamp|fecha|fecha y hora|fecha hora|fecha del hecho|fecha de los hechos|fecha del evento|"
    "fecha evento|call date|call datetime|date time of call|pickup datetime|tpep pickup datetime|arrival|arrived|"
    "arrival date|start utc|utc|date utc|sqldate|day date|datum|data|quando|wann|quand|jour|date heure|display date|"
    "date label|story date|story day|day|dia|tag|reported|date reported|reported on|date rptd|published|"
    "publication date|date published|fecha de publicacion|created|created at|taken|taken on|date taken|entered|"
    "date added|last seen",
    "year": "year|iyear|ano|yr|start year|jahr|annee",
    "month": "month|imonth|mes|mon|start month|monat|mois",
    "day": "day|iday|dia|day of month|start day|tag|jour",
    "time": "time|hour|hora|start time|time start|begin time|hora inicio|hora de inicio|time occ|time occurred|"
    "event time|incident time|time of event|call time|local time|hora del hecho|hora local|clock|clock time|uhrzeit|"
    "heure|ora|time of day|time of call",
    "end": "end|end date|enddate|date end|end datetime|end date time|finish|finish date|finished|until|till|to date|"
    "valid to|valid until|date to|fin|fecha fin|fecha de fin|fecha final|fecha de termino|hasta|termino|final|stop|"
    "ended|closing date|dropoff datetime|tpep dropoff datetime|departure|departed|departure date|left|ende|end utc",
    "end_time": "end time|time end|finish time|stop time|hora fin|hora de fin|hora final|departure time",
    "where0": "where|place|place name|location|location name|lugar|lugares|donde|lugar de los hechos|sitio|"
    "ubicacion|localizacion|venue|locations|places|scene|escena|setting|incident location|event location|"
    "crime scene|premises|premise|spot|landmark|toponym|toponimo|cell site|cell site name|cell name|cell tower|"
    "start station|pickup location|origin|port|puerto|tower|tower name|site name|station|site|antena|celda|stop|"
    "stop name|facility|building|ort|lieu|endroit|luogo|onde|local|action geo fullname|action geo full name|"
    "place of event|place of incident|find spot|findspot",
    "where1": "address|street address|full address|incident address|location address|address line 1|street|"
    "street name|addr|direccion|domicilio|calle|calle y numero|block|block address|hundred block|intersection|"
    "cell address|tower address|site address|adresse|strasse|rue|endereco|indirizzo",
    "where2": "neighborhood|neighbourhood|district|barrio|colonia|borough|distrito|quarter|suburb|area name|area|"
    "zona|zone|parish|bairro|quartier",
    "where3": "city|town|municipality|ciudad|municipio|localidad|poblacion|village|stadt|ville|cidade|citta|pueblo",
    "where4": "state|province|region|county|provincia|estado|departamento|comunidad|admin1|admin 1|state province|"
    "provstate|bundesland",
    "where5": "country|pais|nation|country name|land|pays|paese",
    "lat": "lat|latitude|latitud|latitude wgs84|lat wgs84|lat dd|latitude dd|decimal latitude|gps lat|gps latitude|"
    "location lat|location latitude|breitengrad|breite|latitudine|pickup latitude|start latitude|start lat|from lat|"
    "action geo lat|event latitude|y|y coord|y coordinate|ycoord|coord y|coordenada y|point y|northing|utm y",
    "lon": "lon|long|lng|longitude|longitud|longitude wgs84|lon wgs84|lon dd|longitude dd|decimal longitude|gps lon|"
    "gps long|gps lng|gps longitude|location lon|location lng|location long|location longitude|langengrad|lange|"
    "longitudine|pickup longitude|start longitude|start lng|start lon|from lon|from lng|action geo long|"
    "event longitude|x|x coord|x coordinate|xcoord|coord x|coordenada x|point x|easting|utm x",
    "point": "coordinates|coordinate|coordenadas|coords|coord|gps|gps coordinates|coordenadas gps|lat lon|lat long|"
    "lat lng|latlon|latlng|latitude longitude|latitud longitud|latitude and longitude|geolocation|geo|geo location|"
    "geopoint|geo point|geo point 2d|point|punto|position|posicion|wkt|geometry|geom|map coordinates|koordinaten",
    "radius": "radius|radius m|radio|accuracy|accuracy m|precision m|uncertainty m|coordinate uncertainty in meters|"
    "horizontal accuracy|error radius|radio m",
    "chapter": "chapter|sequence|act|phase|arc|arcs|story arc|storyline|group|section|part|episode|stage|capitulo|"
    "acto|fase|grupo|seccion|parte|episodio|kapitel|chapitre|thread|plot",
    "outcome": "outcome|outcomes|result|results|resultado|resultados|consequence|consequences|consecuencia|"
    "desenlace|disposition|resolution|effect|status at end",
    "source": "source|sources|source url|sourceurl|reference|references|citation|fuente|fuentes|referencia|"
    "referencias|cita|url|link|links|enlace|web|evidence|exhibit|document|documento|archivo|provenance|media credit|"
    "quelle|fonte|source 1|source1|bibliography|bibliografia|article url|news source",
}

# A longer name ends with one of these ("incident location"), or begins with one and " of", " de" ("fecha del atraco").
_HEADS = {
    "when": "date datetime timestamp fecha",
    "time": "time hora",
    "where0": "location place lugar venue ubicacion station port puerto room site",
    "where1": "address direccion street calle",
    "where3": "city ciudad municipio",
    "where5": "country pais",
    "lat": "lat latitude latitud",
    "lon": "lon lng long longitude longitud",
    "who": "names suspect suspects victim victims officer witness actor person people persona personas participants",
    "point": "coordinates coordenadas",
    "what": "title headline titulo",
    "summary": "description descripcion narrative notes",
    "source": "source fuente",
}
_OF = frozenset({"of", "de", "del", "occ", "occurred", "visited", "seen", "found", "where", "when"})
_HAPPENS = frozenset(
    {
        *("incident", "complaint", "crime", "attack", "offense", "offence", "call", "activity", "case", "accident"),
        *("delito", "evento", "incidente", "suceso", "hecho", "llamada", "event", "attacktype1"),
    }
)
# Whose date or place it is says another thing than when or where it happened.
ELSEWHERE = frozenset(
    {
        *("birth", "born", "nacimiento", "death", "reported", "updated", "update", "modified", "modificacion"),
        *("created", "creation", "published", "checked", "registro", "entry", "download", "upload", "type", "tipo"),
        *("code", "codigo", "count", "total", "status", "url", "image", "photo", "foto", "zip", "postal"),
        *("dropoff", "destination", "end", "to", "home", "ip", "email"),
    }
)
_EMPTY_WORDS = frozenset(
    {
        *("the", "a", "of", "el", "la", "los", "las", "del", "de", "en", "al", "in", "event", "evento", "events"),
        *("column",),
    }
)


class Named(NamedTuple):
    """What a name says: the role, the level of a part of a place (0 its name, 5 a country), how clearly (0 best)."""

    role: str
    level: int
    rank: int


@lru_cache(maxsize=4_096)
def plain_name(header: str) -> str:
    """A column's name without case, accents, signs and units in brackets: "fecha_Inicio (UTC)" is "fecha inicio"."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", header[:200])
    bare = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", spaced)
    text = unicodedata.normalize("NFKD", bare if re.search(r"\w", bare) else spaced).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w]+|_", " ", text).split())


def meanings(header: str) -> tuple[Named, ...]:
    """Everything that a column of this name may be for, the likeliest first; nothing where the name tells nothing."""
    return _meanings(plain_name(header))


@lru_cache(maxsize=4_096)
def _meanings(name: str) -> tuple[Named, ...]:
    words = name.split()
    rules = (_essential, _counted, _marked, _kind_of_event, _by_its_head)
    found = _BY_PHRASE.get(name, [])
    for rule in rules:
        found = found or rule(words)
    return tuple(dict.fromkeys(found))


def _less(words: list[str]) -> list[Named]:
    """What these words alone would mean, less clearly."""
    return [one._replace(rank=one.rank + 100) for one in _BY_PHRASE.get(" ".join(words), ())]


def _essential(words: list[str]) -> list[Named]:
    return _less([word for word in words if word not in _EMPTY_WORDS])


def _counted(words: list[str]) -> list[Named]:
    """ "actor 2", "person2", "person b"."""
    name = " ".join(words)
    base = re.sub(r" ?[0-9]{1,2}$| [a-d]$", "", name)
    return _less(base.split()) if base != name else []


def _marked(words: list[str]) -> list[Named]:
    """ "caller id", "cell tower name", "country txt": who, where and what kind they name."""
    if len(words) < 2 or words[-1] not in ("id", "name", "number", "no", "txt", "desc") or ELSEWHERE & set(words):
        return []
    found = _less(words[:-1]) or _by_its_head(words[:-1])
    return [one for one in found if one.role in ("who", "remote", "where", "what")]


def _kind_of_event(words: list[str]) -> list[Named]:
    """ "complaint type", "tipo de llamada"."""
    return [Named("what", 0, 150)] if {"type", "tipo"} & set(words) and _HAPPENS & set(words) else []


def _by_its_head(words: list[str]) -> list[Named]:
    if len(words) < 2 or ELSEWHERE & set(words):
        return []
    return [*_BY_HEAD.get(words[-1], ()), *(_BY_HEAD.get(words[0], ()) if words[1] in _OF else ())]


def _split_level(key: str) -> tuple[str, int]:
    return (key[:-1], int(key[-1])) if key[-1].isdigit() else (key, 0)


def _by_phrase() -> dict[str, list[Named]]:
    table: dict[str, list[Named]] = {}
    for key, phrases in _PHRASES.items():
        for rank, phrase in enumerate(phrases.split("|")):
            table.setdefault(phrase, []).append(Named(*_split_level(key), rank))
    return table


def _by_head() -> dict[str, list[Named]]:
    table: dict[str, list[Named]] = {}
    for key, words in _HEADS.items():
        for rank, word in enumerate(words.split()):
            table.setdefault(word, []).append(Named(*_split_level(key), 200 + rank))
    return table


_BY_PHRASE = _by_phrase()
_BY_HEAD = _by_head()
