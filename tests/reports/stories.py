"""Two reports of one ambush, in our own words: a desk's analysis and a wire story."""

from __future__ import annotations

ANALYSIS = """When
Location
Topic
12 feb. 2025 09:30
Mali, Niger
Roads, Islamic State, JNIM
Stamp

Roadside bombs spread as armed groups tighten their hold on Malian roads

The convoy attack

On Friday, February 7, 2025, jihadists struck a civilian convoy that was escorted by the Malian \
army and Wagner fighters. The attack happened between the towns of Gao and Ansongo. It left over \
fifty dead, among them travellers and soldiers. The wounded were taken to Gao for treatment.

How it unfolded

The convoy, made up of at least 100 vehicles, was on its way to Ansongo under the protection of \
the Malian Armed Forces (FAMa). The assault, probably carried out by the Islamic State in the \
Greater Sahara (IS-Sahel), began around 2 p.m. near Kobe, some 30 km from Gao. The attackers, \
numbering about a hundred, came on motorbikes from either side. Automatic fire and improvised \
explosive devices (IEDs) spread panic.

What is said of the losses

The army's statement, released a day after the ambush, confirmed the deaths of 25 civilians and \
reported 13 injuries. However, independent sources suggest the death toll could be as high as \
50, drivers and guards included.

Who holds the road

For several months, IS-Sahel has controlled the Gao-Labzanga axis, which runs to the Nigerien \
border. The group levies taxes on all vehicles using it, even those of the army and of the \
state. An unwritten agreement between the jihadists and road users, arranged by the regional \
administration, kept goods moving despite the blockade.

The spiral

Things got worse on January 28, 2025, when a bus with the monthly tax payment for IS-Sahel was \
ambushed. Armed men in civilian clothes killed all the jihadist emissaries who had come for the \
money. That act of retaliation probably triggered the February 7 ambush. Since the attack on the \
tax convoy, no vehicles had left Gao for Labzanga.

Bombs

Since 2013, IEDs have been the weapon that soldiers fear most. JNIM (Jama'at Nasr al-Islam wal \
Muslimin) frequently plants IEDs against Malian forces, particularly in Mopti, Koulikoro, and \
Burkina Faso's Mouhoun region. In July 2024, armed groups used IEDs to halt a Wagner convoy en \
route to Tinzaouatène. The February 7 ambush is a reminder of all this.

Share this article

Discover more

Uganda, DRC 7 mars 2025 20:12

Militias in Ituri turn to mining
"""

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
