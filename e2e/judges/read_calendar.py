"""What PyPI's icalendar reads in a calendar file, as JSON."""

import json
import sys
from datetime import timezone

from icalendar import Calendar


def instant(event, name):
    value = event.decoded(name)
    assert value.tzinfo is not None, f"{name} has no zone"
    return value.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def people(event, name):
    found = event.get(name, [])
    return [[str(one), one.params.get("CN")] for one in (found if isinstance(found, list) else [found])]


def event(one):
    assert not one.errors, one.errors
    return {
        "uid": str(one["UID"]),
        "sequence": int(one["SEQUENCE"]),
        "status": str(one["STATUS"]),
        "starts": instant(one, "DTSTART"),
        "ends": instant(one, "DTEND"),
        "stamped": instant(one, "DTSTAMP"),
        "zone": one["DTSTART"].params["TZID"],
        "summary": str(one["SUMMARY"]),
        "description": str(one["DESCRIPTION"]),
        "organizer": people(one, "ORGANIZER"),
        "attendees": people(one, "ATTENDEE"),
        "alarms": [int(alarm.TRIGGER.total_seconds()) for alarm in one.walk("VALARM")],
    }


calendar = Calendar.from_ical(sys.stdin.buffer.read())
assert not calendar.errors, calendar.errors
json.dump(
    {
        "method": str(calendar["METHOD"]),
        "version": str(calendar["VERSION"]),
        "zones": [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")],
        "events": [event(one) for one in calendar.walk("VEVENT")],
    },
    sys.stdout,
)
