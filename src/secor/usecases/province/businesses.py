"""The forty businesses of the demonstration. Invented, every one; the cities are real so that the map makes sense."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Business:
    """A business before anything has happened to it. ``people`` are owners, full time, part time, casual."""

    legal_name: str
    trade_name: str
    trade: str
    city: str
    owner: str
    people: tuple[int, int, int, int]

    @property
    def address(self) -> str:
        """The owner's e-mail address, under a domain that can never exist."""
        first, last = self.owner.lower().replace("'", "").split(" ", 1)
        return f"{first}.{last.replace(' ', '-')}@demonstration.example"


def _all(text: str) -> tuple[Business, ...]:
    rows = (line.split("|") for line in text.strip().splitlines())
    return tuple(
        Business(legal, trading, trade, city, owner, tuple(int(n) for n in people.split()))  # type: ignore[arg-type]
        for legal, trading, trade, city, owner, people in rows
    )


NEWCOMER = Business("Sunchaser Roofing Ltd.", "Sunchaser Roofs", "Roofing", "Red Deer", "Rosa Kowalchuk", (1, 3, 1, 1))

FORTY = _all(
    """
1184402 Alberta Ltd.|Bow Valley Eavestrough|Roofing|Canmore|Tom Ironside|1 2 0 0
Aspen Ridge Electric Ltd.||Electrical|Airdrie|Priya Nair|1 4 0 0
Badlands Plumbing & Heating Inc.||Plumbing|Drumheller|Carl Jensen|2 3 1 0
Birch Lake Carpentry Ltd.||Carpentry|Lac La Biche|Denise Cardinal|1 3 0 2
Black Spruce Oilfield Hauling Ltd.||Oilfield services|Grande Prairie|Wade Sorensen|1 6 0 0
Blue Heron Landscaping Inc.|Blue Heron Gardens|Landscaping|Sherwood Park|Mina Okafor|1 2 2 4
Boreal Fence & Gate Ltd.||Fencing|Athabasca|Guy Desjarlais|1 2 0 1
Caribou Trail Trucking Ltd.||Trucking|Edson|Harpreet Gill|1 5 0 0
Chinook Drywall Ltd.||Drywall|Lethbridge|Anna Reimer|1 4 1 0
Clearwater Window Cleaning Inc.||Cleaning|Fort McMurray|Sofia Mendes|1 1 3 0
Coulee Concrete Services Ltd.||Concrete|Medicine Hat|Brett Olsen|2 5 0 2
Cypress Tree Care Ltd.||Tree care|Medicine Hat|Laura Weiss|1 3 0 0
Deer Valley Septic Ltd.||Septic service|Didsbury|Ray Thompson|1 1 0 0
Duhamel & Fils Maçonnerie Ltée|Duhamel Masonry|Masonry|Beaumont|Luc Duhamel|2 3 0 0
Eagle Butte Fabrication Inc.||Welding|Taber|Sam Hofer|1 6 1 0
Echo Lake Painting Ltd.||Painting|Camrose|Ivana Petrovic|1 2 1 1
Elk Crossing Scaffolding Ltd.||Scaffolding|Spruce Grove|Kyle Bighead|1 7 0 0
Fireweed Environmental Ltd.||Environmental|Hinton|Joanne Leclair|2 4 0 0
Foothills Overhead Door Inc.||Door installation|Okotoks|Matt Dyck|1 3 0 0
Gadwall Insulation Ltd.||Insulation|Stony Plain|Omar Haddad|1 4 0 1
Gleichen Grain Bin Services Ltd.||Millwright|Strathmore|Pete Wiebe|1 2 0 3
Goldeye Instrumentation Ltd.||Instrumentation|Rocky Mountain House|Claire Dubois|1 5 0 0
Hay Meadow Snow & Lawn Inc.||Grounds|Edmonton|Jamal Ward|1 2 2 3
Iron Creek Crane Rental Ltd.||Crane rental|Nisku|Doug Fraser|2 6 0 0
Jackpine Surveying Ltd.||Surveying|Whitecourt|Emily Chow|1 4 0 0
Kananaskis Log Homes Inc.||Log building|Cochrane|Nils Berg|2 4 0 1
Keystone Tile & Stone Ltd.||Tile setting|Calgary|Marco Bianchi|1 3 0 0
Lone Larch Locksmiths Ltd.||Locksmith|Calgary|Grace Kim|1 0 0 0
Magpie Mechanical Ltd.||Heating and cooling|Leduc|Andre Gagnon|1 5 1 0
Marsh Hawk Vacuum Truck Ltd.||Oilfield services|Bonnyville|Tanya Morin|1 8 0 0
North Slope Glass Inc.||Glazing|Edmonton|Victor Lam|1 4 0 0
Old Trail Equipment Repair Ltd.||Heavy equipment repair|Vegreville|Stan Melnyk|1 2 0 0
Pembina Pipe Inspection Ltd.||Inspection|Drayton Valley|Hana Sato|1 6 0 0
Prairie Rose Janitorial Inc.||Cleaning|Brooks|Amina Yusuf|1 2 4 2
Ptarmigan Roofing Ltd.||Roofing|Jasper|Erik Lund|1 5 0 2
Red Willow Restoration Ltd.||Restoration|Wetaskiwin|Nora Bearspaw|1 4 0 0
Saddle Hills Spraying Ltd.||Crop spraying|Spirit River|Jim Kowalski|1 1 0 1
Tamarack Solar Inc.||Solar installation|Calgary|Zoe Campbell|2 6 0 1
Whitemud Excavating Ltd.||Excavation|Edmonton|Fred Stelter|1 7 0 1
Yellowhead Safety Fencing Inc.||Traffic control|Edmonton|Dale McTavish|1 4 2 2
"""
)
