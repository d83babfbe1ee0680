"""Two reports of one ambush, in our own words: a desk's analysis and a wire story."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

ANALYSIS = (ROOT / "data" / "example-report.txt").read_text(encoding="utf-8")

WIRE = """Gunmen attack convoy with army and Wagner group in northern Mali - at least 32 killed

A suspected jihadist attack on a convoy escorted by the Malian army and the Wagner group in \
northern Mali has resulted in the deaths of 32 people, a local official and an NGO reported on \
Saturday (February 7). Initially, 10 deaths were reported, but the toll later rose to 32.

Picture

Gunmen attack convoy with army and Wagner group in northern Mali - at least 32 killed

A suspected jihadist attack on a convoy escorted by the Malian army and the Wagner group in \
northern Mali has resulted in the deaths of 32 people, a local official and an NGO reported on \
Saturday (February 7). Initially, 10 deaths were reported, but the toll later rose to 32.

The attack took place on Friday between the northern cities of Gao and Ansongo. A local official \
told AFP: "The jihadists ambushed a civilian convoy under the escort of Malian soldiers and \
Wagner mercenaries. At least 10 people have been killed, and this toll is provisional."

On Saturday (February 8), a medical source said that many of the dead and wounded had been taken \
to Gao, the main city of the north.

A decade of violence

Since 2012, Mali has lived with the attacks of jihadist groups and of criminal gangs. Last year, \
jihadist attacks took place in Mali in September and December. The December attack led to the \
death of at least 20 people, and six villages were burned.

Responsibility for the September attack was claimed by an Al-Qaeda-linked group. A military \
training school and other places in the city of Bamako were targeted in the attack.
"""
