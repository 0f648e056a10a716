"""What a roofing crew writes down in a year. Invented, every word of it; long enough that no two weeks read alike."""

from __future__ import annotations

from typing import Any

SITES = (
    "52 Fairview Road, Lacombe",
    "4811 C & E Trail, Lacombe",
    "12 Heritage Way, Blackfalds",
    "Range Road 270, Clearview farm",
    "31 Iron Wolf Boulevard, Lacombe",
    "7 Eastpointe Drive, Blackfalds",
    "5310 50 Avenue, Bentley",
    "88 Beardsley Avenue, Lacombe",
    "Gull Lake, lot 14",
    "Elm Street triplex, Ponoka",
)
TASKS = (
    ("Tear off the old shingles, north side", ("fall_from_edge", "falling_material")),
    ("Tear off the old shingles, south side", ("fall_from_edge", "skylight")),
    ("Lay underlay and drip edge", ("fall_from_edge", "ladder_roof")),
    ("Lay shingles, first courses", ("fall_from_edge", "heat_roof")),
    ("Lay shingles up to the ridge", ("fall_from_edge", "ladder_roof", "heat_roof")),
    ("Load bundles from the boom truck", ("falling_material", "ladder_roof")),
    ("Leak at the chimney: flashing", ("ladder_roof", "fall_from_edge")),
    ("Eavestroughs, front and garage", ("ladder_roof", "lines_roof")),
    ("Ridge vent and clean up", ("fall_from_edge", "falling_material")),
    ("Skylight: take out and cover", ("skylight", "fall_from_edge")),
)
CHANGES = (
    "Wind after lunch, 40 km/h in gusts. We came down and did the clean-up instead.",
    "A neighbour's children came close. Tape moved out to the street.",
    "One soft board by the vent, marked with paint and cut out.",
    "Rain at two. Everybody off, tarp on.",
    "The power line is nearer than it looked. We carry the ladder flat and keep to the east side.",
    "29 degrees at noon. Break each hour, started at six the next day.",
)
TALKS = (
    ("Tying off the ladder", "Top tied before anybody goes up. One metre above the edge. Feet on plywood.", "None"),
    ("Anchors: how many and where", "One anchor a person, screwed into the truss, never two ropes on one.",
     "Ravi: the anchor tags are hard to read. New tags ordered."),
    ("Heat", "Water before you are thirsty. Watch each other. New people go slowly for a week.", "A second cooler."),
    ("Nail guns", "Finger off the trigger when you walk. Hose away from feet. Never point it.", "None"),
    ("What to do when the wind comes", "40 km/h in gusts: sheets down, people down. The lead hand decides.", "None"),
    ("Near misses of this month", "We read them out. A bundle slid on the plank: stack low, nails in the toe board.",
     "Hugo: say it in French too. Wes reads the card in both from now on."),
    ("Lifting bundles", "Two people or the conveyor. Knees. No twisting with 36 kg.", "Tyler: sore back on Tuesday."),
    ("Rescue: who does what", "Wes goes up with the kit, Ravi calls 911 and gives the address from the card.", "None"),
    ("The right to refuse", "Nobody works where it is not safe. Say it to Wes or Marie. It costs you nothing.", "None"),
    ("Driving with a trailer", "Straps, chains, lights. Walk round it. Phone in the glove box.",
     "The left strap is worn. Thrown out, new one bought."),
    ("Cold hands", "Change gloves at noon. Warm truck. Ice on the deck: we do not go up.", "None"),
    ("Power lines", "Seven metres until we know better. Ladders and metal flat.", "None"),
    ("Hard hats on the ground", "Also when you only get the lunch box. Things come down without a word.", "None"),
    ("Skylights and soft boards", "Look from below first. Cover nailed down and marked.", "None"),
    ("Housekeeping", "Old nails and shingles off the deck every hour.", "Nails in the drive: magnet at four."),
    ("Violence and harassment", "A client shouted at Tyler. What to do: step back, call Marie, write it down.",
     "Marie called the client."),
)  # fmt: skip
NEAR_MISSES = (
    ("A bundle slid off the plank and fell where nobody stood", "Area fenced off, plank taken away.", "Toe boards"),
    ("The ladder moved when Ravi stepped on it", "Came down, tied it again.", "Plywood under the feet on grass"),
    ("A nail gun hose caught Hugo's foot", "Hose laid along the ridge.", "Hose hooks at each anchor"),
    ("The trailer ramp came down by itself", "Pin put in, strap round it.", "New pin with a lanyard"),
    ("A gust lifted a sheet of plywood on the stack", "Sheets strapped.", "Strap each stack when we leave the roof"),
    ("Tyler unhooked to pass Wes on the ridge", "Stopped, talked, hooked on again.", "A second rope on each side"),
    ("A shingle went past the chute", "Somebody below from then on.", "Chute one metre nearer"),
    ("The truck rolled a little on the drive", "Chocks in.", "Chocks out of the box first, always"),
)
CONCERNS = (
    ("The old harness has a frayed strap", "Throw it out", "Thrown out the same day, new one bought. Marie"),
    ("No shade at Clearview farm", "A tent", "The blue tent is on the truck from Monday. Marie"),
    ("The compressor is too loud beside the ladder", "Longer hose", "30 m hose bought. Marie"),
    ("We start too late on hot days", "Start at six", "From 25 degrees on we start at six. Wes"),
)
VEHICLES = ("White F-350, box truck", "Grey Sierra with trailer")
TOOLS = (
    "Harnesses and ropes, all five", "Extension ladder 28 ft, no. 2", "Extension ladder 32 ft, no. 3", "Nail gun no. 1",
    "Nail gun no. 4", "Compressor", "Generator", "Roof anchors, box of 12", "Circular saw",
)  # fmt: skip
SERVICES = (
    ("White F-350", "Oil, filters, brakes looked at", "Central Alberta Truck Service"),
    ("Grey Sierra", "Two tires, wheel alignment", "Kal Tire Lacombe"),
    ("Compressor", "Drain, belt, safety valve tried", "Ravi Sandhu"),
    ("Generator", "Oil and plug", "Wes Cardinal"),
    ("Shingle conveyor", "Cable and brake looked over", "Prairie Hoist Rentals"),
)
PRODUCTS = (("Roofing cement", "Flashing"), ("Gasoline", "Generator"), ("Spray paint", "Marks"))
HANDED_OUT = (("Harness and rope grab", "M"), ("Hard hat", ""), ("Gloves", "9"), ("Glasses", ""))
KITS = ("Box truck", "Trailer")
EXTINGUISHERS = ("Box truck, behind the seat", "Trailer, by the door", "Shop, at the bench")
JOBS_ASSESSED: tuple[tuple[str, tuple[tuple[str, str, tuple[int, int], str], ...]], ...] = (
    ("Tearing off old roofing", (
        ("Getting up", "Falling from the ladder", (3, 3), "Tied at the top, 1 m above the edge, one at a time"),
        ("Taking shingles off", "Falling from the edge", (3, 3), "Anchors first, harness, rope kept short"),
        ("Taking shingles off", "Material on people below", (3, 2), "Chute, tape, somebody below"),
    )),
    ("Laying shingles", (
        ("Loading", "Bundles slide, sore backs", (3, 2), "Boom truck, toe boards, stack low"),
        ("Nailing", "Nail in the hand or foot", (2, 2), "Sequential trigger, glasses, boots"),
        ("Long days", "Heat", (2, 3), "Start at six, water, break each hour above 28 degrees"),
    )),
    ("Repairs and leak calls", (
        ("Looking for the leak", "Wet and soft deck", (2, 3), "Look from below first, tied on until proven"),
        ("Working in pairs", "One person alone on a roof", (2, 3), "Always two, the second stays on the ground"),
    )),
    ("Eavestroughs and fascia", (
        ("Carrying lengths", "Power lines", (1, 3), "7 m away, carried flat, utility asked"),
        ("Working from the ladder", "Reaching too far", (3, 3), "Belt buckle between the rails, stand-off bracket"),
    )),
    ("Driving and loading", (
        ("On the road", "Crash, tired drivers", (2, 3), "Walk round, belts, no phone, rest after two hours"),
        ("Tying down", "Lost load", (2, 3), "Four straps, looked at again after 10 km"),
    )),
)  # fmt: skip
# What is written beside a line of a checklist when it is not in order, by the line's key.
NOTES = {
    "tires": "Right rear is worn. New pair on Thursday.",
    "lights": "Left signal is out. Bulb changed at noon.",
    "glass": "Stone chip in front of the driver.",
    "kit": "Two triangles missing.",
    "load": "One strap frayed, thrown out.",
    "housekeeping": "Old shingles on the deck by the ladder.",
    "edges": "No rail on the garage side.",
    "ladders": "Ladder no. 2: one foot is gone. Tagged out.",
    "electrical": "Extension cord cut near the plug.",
    "materials": "Bundles stacked four high at the edge.",
    "fire": "Extinguisher behind the bundles.",
    "ppe": "Two without glasses at the saw.",
    "whole": "Cut in the rope, 2 m from the end.",
    "labels": "Tag cannot be read.",
    "dates": "Service was due last month.",
    "cord": "Plug is loose.",
    "complete": "Bandages used up.",
    "tag": "Yearly service was due last month.",
}
INCIDENT: dict[str, Any] = {
    "time": "10:40",
    "kind": ["injury"],
    "what": "Hand hit by a pry bar",
    "happened": "Taking off old drip edge. The bar slipped off a nail and hit the left hand. Gloves on. First aid "
    "on site, back to work after half an hour.",
    "now": "First aid by Wes. Bar changed for the long one. Talked about it with the whole crew.",
    "serious": "minor",
}
INVESTIGATION = {
    "about": "Hand hit by a pry bar",
    "facts": "The nail was rusted in. The short bar gave no room. Pulled towards the hand.",
    "direct": "Wrong bar for the nail, hand in its way.",
    "root": "The long bars were on the other truck. Nobody checks the tool list when the trucks are loaded.",
}
