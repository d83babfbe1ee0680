"""The reasons of the shipped verdict rules, so that a translator finds them.

``data/policy.toml`` holds the rules; a team's own reasons are shown as it writes them.
"""

from __future__ import annotations

from geo.i18n import message

SHIPPED = (
    message("it is reported closed or under blockade"),
    message("traffic is reported suspended: those who live by this road do not use it"),
    message("it is reported passable under escort only, and this journey has none"),
    message("an attack of the kind that hits travellers was reported here within 30 days"),
    message("an armed group is reported to hold it, and an attack was reported within half a year"),
    message("it would be travelled in the dark, and reports are more frequent than on most roads"),
    message("an armed group is reported to hold it"),
    message("an armed group is reported to stop and tax vehicles"),
    message("passage is reported restricted"),
    message("it is reported closed, suspended or escorted for other vehicles"),
    message("sources contradict each other"),
    message("an incident was reported here within a year"),
    message("reports are more frequent than on nine tenths of the roads"),
    message("it would be travelled in the dark"),
    message("the way from the place to the road is not on the map"),
    message("nothing was reported near it for two years; silence is not calm"),
)
