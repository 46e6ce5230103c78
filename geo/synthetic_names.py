"""What the people and places of a synthetic story are called: common words put together, each name once."""

import numpy as np

_FIRST = (
    "Ada Abel Alma Amir Ana Anton Aya Basil Bea Boris Carla Ciro Clara Dario Dina Dmitri Edda Elias Elsa Emil Esra "
    "Fabio Faye Felix Flora Gael Gita Gus Hana Hugo Ida Igor Inez Ivo Jade Jonas June Kai Kira Leo Lena Luca Mae Marco "
    "Mina Milo Nadia Nico Nora Omar Olga Otto Pia Paul Rafa Rosa Rui Sara Sami Tess Theo Uma Vera Yusuf"
)
_LAST = (
    "Abbott Aguilar Alvarez Amsel Arce Banks Barros Becker Blum Borges Brandt Bravo Calder Campos Castro Chavez Cho "
    "Cruz Dahl Delgado Doyle Duarte Eklund Engel Farrow Feld Flores Fuchs Garza Gallo Gomes Grant Haas Hale Herrera "
    "Holm Ibarra Ito Jensen Juarez Kane Keller Kim Kovac Lam Lang Leal Lopez Lund Madden Marsh Mora Moss Nakata Nash "
    "Nolan Nunez Ochoa Ortiz Park Paz Pell Quinn Ramos Reyes Rios Rojas Salas Sato Shaw Solis Soto Tran Torres Ueda "
    "Vargas Vega Wirth Yoon Zamora"
)
_KINDS = (
    "Diner,Café,Bakery,Market,Bar,Garage,Laundry,Pharmacy,Gym,Bookshop,Hardware,Barber,Pawnshop,Motel,Cinema,"
    "Tailor,Record Shop,Florist,Noodle House,Taquería,Pool Hall,Car Wash,Photo Studio,Print Shop"
)
_SPOTS = "Hotel Plaza Station Pier Terrace"
_STREETS = "Alder Bay Cedar Dune Elm Fern Grove Harbor Iris Juniper Laurel Mesa Orchard Palm Quarry Ridge"


def people_names(people: int, chance: np.random.Generator) -> tuple[str, ...]:
    """So many names, each once; there are about five thousand."""
    first, last = _FIRST.split(), _LAST.split()
    order = np.argsort(chance.random(len(first) * len(last)), kind="stable")[:people]
    return tuple(f"{first[number % len(first)]} {last[number // len(first)]}" for number in order.tolist())


def place_names(quarters: list[str], chance: np.random.Generator) -> list[str]:
    """A name, each once, for a place in each of these quarters: shops and houses."""
    last, kinds, streets = _LAST.split(), _KINDS.split(","), _STREETS.split()
    order = np.argsort(chance.random(len(last) * len(kinds)), kind="stable").tolist()
    made = []
    for number, quarter in enumerate(quarters):
        if number % 3 < 2 and number < len(order):
            owner, kind = divmod(order[number], len(kinds))
            made.append(f"{last[owner]}'s {kinds[kind]}, {quarter}")
        else:
            made.append(f"{100 + 2 * number} {streets[number % len(streets)]} Street, {quarter}")
    return made


def spot_names(cities: tuple[str, ...], spots: int) -> list[str]:
    """Names for so many places in each city, all different."""
    streets, kinds = _STREETS.split(), _SPOTS.split()
    here = [f"{streets[number % len(streets)]} {kinds[number % len(kinds)]} {number + 1}" for number in range(spots)]
    return [f"{spot}, {name}" for name in cities for spot in here]
