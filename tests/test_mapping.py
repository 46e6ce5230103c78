# ruff: noqa: E501 - a header of somebody's table stands on one line
import pytest

from geo.mapping import recognised
from tests.raws import raw

D, T, LA, LO = "1995-10-03", "11:30", "34.0387", "-118.2510"

# What somebody called their columns, a row, and which columns have which role (a name stands for its own role).
TABLES = {
    "our words": ("id,who,what,place,when,lat,lon", f"1,Ann,met,Paris,{D},{LA},{LO}",
        "id=id who=who what=what where=place when=when lat=lat lon=lon"),
    "one date each side": ("id,who,what,place,start,end,lat,lon", f"1,Ann,met,Paris,{D},{D},{LA},{LO}",
        "id=id who=who what=what where=place when=start end=end lat=lat lon=lon"),
    "capitals and blanks": ("Person,WHERE,When?,Latitude (°),Longitude (°)", f"Ann,Paris,{D},{LA},{LO}",
        "who=Person  where=WHERE when=When? lat=Latitude_(°) lon=Longitude_(°)"),
    "camel case": ("eventTitle,startDate,endDate,locationName,gpsLat,gpsLng", f"A bank is robbed,{D},{D},Bank,{LA},{LO}",
        "what=eventTitle when=startDate end=endDate where=locationName lat=gpsLat lon=gpsLng"),
    "Spanish": ("quién,qué,dónde,cuándo,latitud,longitud", f"Ana,se encontraron,Madrid,{D},{LA},{LO}",
        "who=quién what=qué where=dónde when=cuándo lat=latitud lon=longitud"),
    "Spanish police log": ("Nº expediente,Fecha de los hechos,Hora,Delito,Dirección,Municipio,Sospechosos,Observaciones",
        f"12/95,{D},{T},robo,Calle Mayor 1,Madrid,Ana; Luis,huyen en un coche",
        "id=? when=Fecha_de_los_hechos time=Hora what=Delito where=Dirección+Municipio who=Sospechosos summary=Observaciones"),
    "Spanish short": ("nombre,lugar,fecha,descripción", f"Ana,Madrid,{D},se encontraron en la plaza",
        "who=nombre where=lugar when=fecha what=descripción"),
    "Spanish names in two columns": ("Nombre,Apellidos,Ciudad,País,Inicio,Fin", f"Ana,Lee,Madrid,España,{D},{D}",
        "first=Nombre last=Apellidos where=Ciudad+País when=Inicio end=Fin"),
    "police log": ("Incident Number,Date Occurred,Time Occurred,Date Reported,Offense Type,Location,City,Suspect,Victim",
        f"95-1,{D},{T},1995-10-04,Robbery,444 Flower St,Los Angeles,Ann Lee,Bo Ray",
        "id=Incident_Number when=Date_Occurred time=Time_Occurred what=Offense_Type where=Location+City who=Suspect+Victim"),
    "city crime data": ("DR_NO,Date Rptd,DATE OCC,TIME OCC,AREA,AREA NAME,Crm Cd,Crm Cd Desc,Vict Age,Status,LOCATION,LAT,LON",
        f"95,1995-10-05,{D},11:30,1,Central,310,BURGLARY,36,IC,700 S HILL ST,{LA},{LO}",
        "id=DR_NO when=DATE_OCC time=TIME_OCC where=LOCATION+AREA_NAME what=Crm_Cd_Desc lat=LAT lon=LON"),
    "city crime data with a plane": ("ID,Case Number,Date,Block,Primary Type,Description,Location Description,Arrest,X Coordinate,Y Coordinate,Year,Updated On,Latitude,Longitude,Location",
        f'1,HX1,10/03/1995 11:30:00 AM,001XX N STATE ST,THEFT,FROM BUILDING,STREET,false,1176352,1900927,1995,10/10/1995,{LA},{LO},"({LA}, {LO})"',
        "id=ID when=Date where=Block what=Primary_Type summary=Description lat=Latitude lon=Longitude"),
    "newspaper timeline": ("Date,Headline,Text,Source URL", f"{D},Bank robbed downtown,Three men took twelve million in three minutes.,https://example.org/a",
        "when=Date what=Headline summary=Text source=Source_URL"),
    "timeline of years, months and days": ("Year,Month,Day,Time,End Year,End Month,End Day,End Time,Display Date,Headline,Text,Media,Group",
        "1995,10,3,11:30,1995,10,4,12:00,,Bank robbed,Three men took it all,,Crew",
        "when=Year+Month+Day end=End_Year+End_Month+End_Day time=Time end_time=End_Time what=Headline summary=Text chapter=Group"),
    "story map": ("headline,text,location name,lat,lon,zoom,date,media url,caption",
        f"The bank,They walk in and out,Far East National Bank,{LA},{LO},14,{D},x.jpg,The door",
        "what=headline summary=text where=location_name lat=lat lon=lon when=date"),
    "map of incidents with time": ("id,description,date,time,location,latitude,longitude,association1,source1,comments",
        f"1,Shots are heard,{D},{T},Flower Street,{LA},{LO},crew,a.mp4,unclear",
        "id=id what=description when=date time=time where=location lat=latitude lon=longitude source=source1 summary=comments"),
    "taxi trips": ("VendorID,tpep_pickup_datetime,tpep_dropoff_datetime,passenger_count,pickup_longitude,pickup_latitude,dropoff_longitude,dropoff_latitude,fare_amount",
        f"1,1995-10-03 11:30:00,1995-10-03 11:50:00,1,{LO},{LA},-118.3,34.1,12.5",
        "when=tpep_pickup_datetime end=tpep_dropoff_datetime lat=pickup_latitude lon=pickup_longitude"),
    "points of a map": ("WKT,name,description", '"POINT (-118.2510 34.0387)",Far East National Bank,They walk in and out',
        "point=WKT where=name what=description"),
    "points of a map with coordinates": ("Name,Description,Latitude,Longitude", f"Kate's Deli,They eat,{LA},{LO}",
        "where=Name what=Description lat=Latitude lon=Longitude"),
    "timeline of a writer": ("Event ID,Title,Start Date,Duration,End Date,Participant,Observer,Location,Arc,Summary,Tags",
        f"1,The bank,{D},1 day,{D},Neil,Hanna,Far East National Bank,Heist,They walk in,tag",
        "id=Event_ID what=Title when=Start_Date end=End_Date who=Participant remote=Observer where=Location chapter=Arc summary=Summary"),
    "phone records": ("Calling Number,Called Number,Call Date,Call Time,Duration (s),Cell Site,Cell Address,Latitude,Longitude",
        f"+12135550101,+12135550102,{D},{T},63,LA0123,444 Flower St,{LA},{LO}",
        "who=Calling_Number remote=Called_Number when=Call_Date time=Call_Time where=Cell_Site+Cell_Address lat=Latitude lon=Longitude"),
    "phone records from and to": ("From,To,Date,Time,Tower,Lat,Long", f"Neil,Nate,{D},{T},Downtown,{LA},{LO}",
        "who=From remote=To when=Date time=Time where=Tower lat=Lat lon=Long"),
    "Spanish phone records": ("Número llamante,Número llamado,Fecha y hora,Antena,Dirección,Latitud,Longitud",
        f"600100200,600100201,{D} 11:30,MAD12,Calle Mayor 1,{LA},{LO}",
        "who=Número_llamante remote=Número_llamado when=Fecha_y_hora where=Antena+Dirección lat=Latitud lon=Longitud"),
    "conflict data": ("event_id_cnty,event_date,year,event_type,sub_event_type,actor1,assoc_actor_1,actor2,country,admin1,location,latitude,longitude,source,notes",
        f"A1,03 October 1995,1995,Battles,Armed clash,Army,,Rebels,Spain,Madrid,Getafe,{LA},{LO},El Diario,They fought",
        "id=event_id_cnty when=event_date what=event_type who=actor1+actor2 where=location+admin1+country lat=latitude lon=longitude source=source summary=notes"),
    "letters of a historian": ("Sender,Recipient,Date of letter,Place of writing,Abstract,Archive ref", f"Ann Lee,Bo Ray,{D},Paris,She tells of the harvest,A 12",
        "who=Sender remote=Recipient when=Date_of_letter summary=?"),
    "sightings of animals": ("event-id,timestamp,location-long,location-lat,individual-local-identifier,study-name",
        f"1,1995-10-03 11:30:00.000,{LO},{LA},Stork 12,Storks",
        "id=event-id when=timestamp lat=location-lat lon=location-long who=individual-local-identifier"),
    "names in two columns": ("First Name,Last Name,Street Address,City,State,Country,Date", f"Neil,McCauley,Firestone Blvd,Los Angeles,CA,USA,{D}",
        "first=First_Name last=Last_Name where=Street_Address+City+State+Country when=Date"),
    "one column of coordinates": ("Date,Person,Event,Coordinates", f'{D},Ann,met,"{LA}, {LO}"', "when=Date who=Person what=Event point=Coordinates"),
    "coordinates called a location": ("Date,Person,Event,Location", f'{D},Ann,met,"{LA}, {LO}"', "when=Date who=Person what=Event point=Location"),
    "a start and an end by the clock": ("Date,Start Time,End Time,Activity,Venue", f"{D},11:30,12:10,Robbery,Bank",
        "when=Date time=Start_Time end_time=End_Time what=Activity where=Venue"),
    "a start and an end with dates in the times": ("Start Time,End Time,Activity,Venue", f"{D} 11:30,{D} 12:10,Robbery,Bank",
        "when=Start_Time end=End_Time what=Activity where=Venue"),
    "x and y": ("name,date,x,y", f"Ann,{D},{LO},{LA}", "who=name when=date lon=x lat=y"),
    "days of a story": ("Day,Time,Character,Scene,Action", "8,11:30,Neil,Bank,They walk in", "when=Day time=Time who=Character where=Scene what=Action"),
    "a heading without order": ("Notes,Persons involved,Date of incident,Incident location,Outcome,Radius (m)", f"They eat,Ann; Bob,{D},Kate's Deli,They leave,50",
        "what=Notes who=Persons_involved when=Date_of_incident where=Incident_location outcome=Outcome radius=Radius_(m)"),
    "a person's birth is no date of an event": ("Person,Date of birth,Event,Event date", f"Ann,1960-01-01,met,{D}", "who=Person what=Event when=Event_date"),
    "complaints": ("Case ID,Complaint Date,Complaint Type,Borough,Incident Address,Status", f"1,{D},Noise,QUEENS,12 Main St,Open",
        "id=Case_ID when=Complaint_Date what=Complaint_Type where=Incident_Address+Borough"),
    "attacks of a research data set": ("eventid,iyear,imonth,iday,country_txt,provstate,city,latitude,longitude,summary,attacktype1_txt",
        f"1,1995,10,3,Spain,Madrid,Getafe,{LA},{LO},They leave a bomb,Bombing",
        "when=iyear+imonth+iday where=city+provstate+country_txt lat=latitude lon=longitude summary=summary what=attacktype1_txt"),
    "bicycle trips": ("trip id,start time,end time,start station name,start station latitude,start station longitude,end station name,end station latitude,end station longitude",
        f"1,{D} 11:30,{D} 11:50,A St,{LA},{LO},B St,34.1,-118.3",
        "when=start_time end=end_time where=start_station_name lat=start_station_latitude lon=start_station_longitude"),
    "two people who meet": ("Person A,Person B,Meeting place,Meeting date", f"Ann,Bob,Café,{D}", "who=Person_A+Person_B where=Meeting_place when=Meeting_date"),
    "ships in port": ("Ship,Port,Arrival,Departure", "Bounty,London,1787-10-01,1787-12-23", "who=Ship where=Port when=Arrival end=Departure"),
    "German": ("Ort,Datum,Uhrzeit,Person,Ereignis", "Berlin,03.10.1995,11:30,Anna,Treffen", "where=Ort when=Datum time=Uhrzeit who=Person what=Ereignis"),
    "questions": ("What happened?,Who was there?,Where was it?,When was it?", f"a robbery,Neil,the bank,{D}",
        "what=What_happened? who=Who_was_there? where=Where_was_it? when=When_was_it?"),
    "a park survey": ("S.No,Name of the person,Place visited,Date of visit,Purpose", f"1,Ann,Paris,{D},work",
        "who=Name_of_the_person where=Place_visited when=Date_of_visit"),
    "positions of a phone": ("time,lat,lng,accuracy,name", f"{D}T11:30:00Z,{LA},{LO},12,Ann", "when=time lat=lat lon=lng radius=accuracy who=name"),
    "markup in the names": ("who,what,place,when,<img src=x onerror=alert(1)>,{{7*7191}},=1+1", f"Ann,x,Paris,{D},v,v,v", "who=who what=what where=place when=when"),
}  # fmt: skip


def roles(text):
    """role -> columns of "when=Year+Month end=Fin"; a "?" is not asked for."""
    pairs = [part.split("=", 1) for part in text.split()]
    return {role: tuple(name.replace("_", " ") for name in names.split("+")) for role, names in pairs if names != "?"}


@pytest.mark.parametrize("table", TABLES)
def test_the_columns_of_a_table_are_known_by_their_names(table):
    header, row, expected = TABLES[table]
    mapping = recognised(raw(f"{header}\n{row}"))
    wanted = roles(expected)
    read = {role: tuple(name.replace("_", " ") for name in names) for role, names in mapping.columns.items()}
    assert {role: read.get(role) for role in wanted} == wanted
    if "?" not in expected:
        assert set(read) == set(wanted)


def test_no_column_has_two_roles_and_none_is_lost():
    for header, row, _ in TABLES.values():
        table = raw(f"{header}\n{row}")
        mapping = recognised(table)
        given = [name for names in mapping.columns.values() for name in names]
        assert sorted([*given, *mapping.unknown]) == sorted(table.header)


MEANINGLESS = """column 1,column 2,column 3,column 4,column 5,column 6
1,1995-10-03,Neil McCauley,Firestone Station,34.0387,-118.2510
2,1995-10-04,Chris Shiherlis,Kate's Deli Street,34.0400,-118.3010
3,1995-10-05,Neil McCauley,Harbour Hotel,33.7800,-118.1900"""


def test_columns_without_names_are_known_by_their_cells():
    mapping = recognised(raw(MEANINGLESS))
    assert mapping.columns == {
        "id": ("column 1",), "when": ("column 2",), "who": ("column 3",),
        "where": ("column 4",), "lat": ("column 5",), "lon": ("column 6",),
    }  # fmt: skip


def test_a_guess_by_cells_is_said():
    said = recognised(raw(MEANINGLESS)).notices
    assert "'column 2' was taken for 'when': 100% of its cells look like dates." in said


def test_text_without_a_name_is_what_happened():
    mapping = recognised(raw("F1,F2\n3 Oct 1995,they walk in and out of the bank\n4 Oct 1995,nobody is seen anywhere"))
    assert mapping.columns == {"when": ("F1",), "what": ("F2",)}


def test_coordinates_without_a_name_are_told_by_what_goes_beyond_90():
    mapping = recognised(raw("a,b,c\n-118.2510,34.0387,Ann\n-118.3010,34.0400,Bob"))
    assert (mapping.of("lon"), mapping.of("lat")) == (("a",), ("b",))


def test_one_column_of_prose_is_no_table():
    assert not recognised(raw("Once upon a time\nAnn met Bob at the bank on Monday.")).tells


def test_numbers_alone_tell_nothing():
    assert not recognised(raw("a,b,c\n1,2,3\n4,5,6")).tells


def test_a_mark_that_repeats_from_row_to_row_is_no_key():
    rows = "\n".join(f"A{i % 2},Ann,1995-10-03" for i in range(30))
    mapping = recognised(raw(f"case id,who,when\n{rows}"))
    assert mapping.of("id") == ()
    assert mapping.unknown == ("case id",)
    assert mapping.notices == ("'case id' repeats itself from row to row: it is no key of an event.",)


def test_every_role_says_why():
    mapping = recognised(raw("quién,when\nAna,1995-10-03"))
    assert mapping.why == {"who": "by the name 'quién'", "when": "by the name 'when'"}


def test_somebody_can_choose_otherwise():
    table = raw("who,what,when\nParis,met,1995-10-03")
    chosen = recognised(table).with_role("where", ["who"], table.header)
    assert chosen.columns == {"where": ("who",), "what": ("what",), "when": ("when",)}
    assert chosen.why["where"] == "chosen by hand"
    assert chosen.with_role("where", [], table.header).unknown == ("who",)


def test_an_empty_table_has_no_roles_by_its_cells():
    assert recognised(raw("a,b")).columns == {}
