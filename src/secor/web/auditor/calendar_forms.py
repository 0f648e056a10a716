"""What a consultant is asked about their time."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django import forms

from secor.core.hours import Opening
from secor.core.week import Unread, read_day
from secor.usecases.diaries import HOME_MAX, PAUSE_MOST, SLOWER_MOST, Habits

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAY = {"type": "date"}
_WRONG_DAY = "Give a day such as 2026-05-17."


class HoursForm(forms.Form):
    """When a consultant works, what they offer, and how many minutes they keep free around it."""

    home = forms.CharField(
        label="Town you set out from", max_length=HOME_MAX, required=False, help_text="Drives are counted from here."
    )
    pause_minutes = forms.IntegerField(
        label="Minutes to keep free between two bookings", min_value=0, max_value=PAUSE_MOST
    )
    slower_minutes = forms.IntegerField(
        label="Minutes to add to each drive",
        min_value=0,
        max_value=SLOWER_MOST,
        help_text="We count 80 km an hour and ten minutes to find the door. Add some for winter or gravel.",
    )
    is_open = forms.BooleanField(label="People who are new here may book a first talk with me", required=False)
    by_phone = forms.BooleanField(label="Talks on the phone", required=False)
    on_site = forms.BooleanField(label="Talks at their place", required=False)
    english = forms.BooleanField(label="In English", required=False)
    french = forms.BooleanField(label="In French", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = dict(self.fields)
        self.fields = {
            f"day_{day}": forms.CharField(label=name, required=False, max_length=120)
            for day, name in enumerate(WEEKDAYS)
        } | others

    def clean(self) -> dict[str, Any]:
        """Read each day's hours; want a way to talk and a language where talks are offered."""
        given = super().clean() or {}
        for day in range(len(WEEKDAYS)):
            try:
                given[f"day_{day}"] = read_day(given.get(f"day_{day}", ""))
            except Unread as unread:
                self.add_error(f"day_{day}", str(unread))
        if given.get("is_open") and not (given.get("by_phone") or given.get("on_site")):
            self.add_error("by_phone", "Tick how you talk: on the phone, at their place, or both.")
        if given.get("is_open") and not (given.get("english") or given.get("french")):
            self.add_error("english", "Tick a language that you speak.")
        return given

    def week(self) -> dict[int, tuple[Opening, ...]]:
        """The openings by weekday."""
        return {day: self.cleaned_data[f"day_{day}"] for day in range(len(WEEKDAYS))}

    def habits(self) -> Habits:
        """Everything else."""
        names = ("home", "pause_minutes", "slower_minutes", "by_phone", "on_site", "english", "french", "is_open")
        return Habits(**{name: self.cleaned_data[name] for name in names})

    @property
    def days(self) -> list[forms.BoundField]:
        """The fields of the week."""
        return [self[f"day_{day}"] for day in range(len(WEEKDAYS))]

    @property
    def around(self) -> list[forms.BoundField]:
        """The fields about the drive and the pause."""
        return [self["home"], self["pause_minutes"], self["slower_minutes"]]

    @property
    def talks(self) -> list[forms.BoundField]:
        """The fields about first talks."""
        return [self[name] for name in ("is_open", "by_phone", "on_site", "english", "french")]

    @staticmethod
    def office_hours() -> dict[int, tuple[Opening, ...]]:
        """What is proposed to whoever keeps no diary yet."""
        usual = (Opening(time(9), time(12)), Opening(time(13), time(16, 30)))
        return dict.fromkeys(range(5), usual)


class AwayForm(forms.Form):
    """On which days a consultant is away."""

    first_on = forms.DateField(
        label="First day away",
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
        error_messages={"required": "Give the first day.", "invalid": _WRONG_DAY},
    )
    last_on = forms.DateField(
        label="Last day away",
        required=False,
        help_text="Leave it empty for one day.",
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
        error_messages={"invalid": _WRONG_DAY},
    )

    def last_on_or_first(self) -> date:
        """The last day; where none was written, the first."""
        last: date = self.cleaned_data["last_on"] or self.cleaned_data["first_on"]
        return last
