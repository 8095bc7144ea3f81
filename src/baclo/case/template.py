"""The commented case that `baclo new` writes: it reads as it stands, and every value in it is an example."""

TEMPLATE = """\
# A baclo case: everything known and asked about one person at one moment.
# EVERY VALUE BELOW IS AN EXAMPLE of a person who does not exist. Replace it, or delete the line:
# what is absent is not known, and is never taken for normal.
# Quantities are written with their unit in quotes. Moments carry their offset from UTC. A bare date means the start
# of that day in `zone`. Lines that begin with "# " and a key are further keys that may be used.

format = "baclo.case/1"                 # the version of this format
title = "EXAMPLE: spasticity in multiple sclerosis, first prescription"
now = 2026-11-22T09:00:00+01:00         # the moment that the question is asked at
zone = "Europe/Zurich"                  # the time zone of the person's clock
region = "EU"                           # "US", "UK" or "EU": whose labels speak first
products = ["eu.tablet_10mg"]           # products at hand; without this line those of the region
# model = "adult_default"               # a model by its id; without this line the person chooses
# baclofen_since = 2024-03-01           # since when baclofen is taken every day

[question]
# ask: "simulate", "check", "titrate", "taper", "resume", "monitor", "prepare", "escalate" or "triage"
ask = "titrate"
goal = "30 mg/d"                        # the daily dose to reach; "0 mg/d" is stopping
# since = 2026-11-23                    # the first day of the plan
horizon = "14 d"                        # how far ahead to simulate
# urgency = "planned"                   # of a taper: "planned" or "urgent"
# seed = 1                              # of everything drawn by chance
# say = ["very sleepy since the dose went up"]   # complaints in plain words, for triage
# speed = "slow"                        # "slow" or "usual"; slower is always allowed
# method = "fixed"                      # of a taper: "fixed" steps, or "percent" of what is taken then
# clocks = ["07:00", "14:00", "22:00"]  # the clock times wanted, one for each dose of a day
# therapy = ["10:00"]                   # when a task or therapy begins that a dose should come before
# last_taken = 2026-11-21T22:00:00+01:00            # when the last dose was taken
# gap_reason = "forgotten"              # "forgotten", "vomited", "ran out" or "in hospital without supply"

[patient]
sex = "female"                          # "female" or "male", as the kidney equations use it
age = "54 a"                            # years (a), or months: "18 mo"
weight = "64 kg"                        # kg or lb
height = "168 cm"                       # cm, m or in
low_muscle_mass = false                 # true with wasting or paralysis: creatinine then misleads
pregnant = false
pregnancy_planned = false
# due = 2027-03-01                      # the day that birth is expected; only with pregnant = true
breastfeeding = false
# infant = { born = 2026-08-01 }        # the child that is nursed, or was born lately
frail = false
tone_needed = true                      # whether the person needs the tone to stand, walk or sit
spasticity_stable = true                # whether it has been the same for some time
drives = true                           # drives, or works with machines
alcohol = "some"                        # "none", "some" or "daily"
surgery = "none"                        # "none", "planned", or the day it is planned for
has_pump = false                        # a pump that gives baclofen into the spine
# supply = "prescribed"                 # "prescribed" or "without prescription"
# early_refill = false                  # supplies ended before their time
# raised_without_advice = false         # the person raised the dose without advice
# flare_only_use = false                # taken only on bad days
indication = "multiple sclerosis"
origin = "spinal"                       # "spinal" or "cerebral"
goals = ["sleep through the night"]     # or tables, as below
conditions = ["multiple sclerosis", { name = "depression", since = 2019-05-01 }]     # [] says: none
medicines = [{ name = "sertraline", dose = "50 mg in the morning" }]                 # [] says: none
allergies = []                                                                       # [] says: none
symptoms = ["urinary frequency", { name = "falls", since = 2026-10-01 }]             # [] says: none

# [[patient.goals]]                     # instead of the list of goals, to score them (goal attainment scaling)
# name = "wash the hand"
# kind = "passive function"             # an area of goals: see docs/case.md
# importance = 3                        # to the person, 0 to 3
# difficulty = 2                        # to the team, 0 to 3
# baseline = -1                         # -2 to 2; 0 is the goal met as expected
# attained = 0

[[patient.creatinine]]                  # one such table for each value
at = 2026-11-16T08:00:00+01:00
value = "0.8 mg/dL"                     # mg/dL or umol/L

# [[patient.cystatin_c]]
# at = 2026-11-16T08:00:00+01:00
# value = "0.9 mg/L"

# [[patient.creatinine_clearance]]      # measured from timed urine, not estimated
# at = 2026-11-16T08:00:00+01:00
# value = "85 mL/min"

# [[patient.egfr]]                      # as the laboratory reported it
# at = 2026-11-16T08:00:00+01:00
# value = "82 mL/min/1.73m2"
# equation = "CKD-EPI 2021 creatinine"  # or "not stated"

[patient.dialysis]
kind = "none"                           # "none", "haemodialysis", "peritoneal" or "cvvh"
# sessions = [{ since = 2026-11-20T08:00:00+01:00, until = 2026-11-20T12:00:00+01:00 }]

# [[regimen]]                           # what is or was taken by the clock, one table for each stretch of time
# product = "eu.tablet_10mg"
# modified_release = false              # true where it releases baclofen slowly
# since = 2026-10-01                    # the first day
# until = 2026-11-20                    # the day it ended; without this line until further notice
# doses = [{ clock = "08:00", amount = "5 mg" }, { clock = "20:00", amount = "10 mg" }]

# [[dose]]                              # single doses: extra, late, missed, vomited
# at = 2026-11-19T09:30:00+01:00
# amount = "5 mg"
# status = "vomited"                    # "given", "missed", "vomited" or "unknown"
# product = "eu.tablet_10mg"
# scheduled = 2026-11-19T08:00:00+01:00 # the regimen's dose that this record stands for
# route = "oral"                        # "oral" or "intravenous"
# over = "0 h"                          # how long an infusion ran
# vomited_at = 2026-11-19T09:50:00+01:00

[[observation]]                         # what was seen or measured
at = 2026-11-22T08:45:00+01:00
kind = "modified ashworth"              # a bare grade; of "baclofen plasma": value = "250 ng/mL"
value = "1+"                            # of a scale: its grade, such as 3; the grade with a plus in quotes
# site = "left elbow flexors"           # of Ashworth and Tardieu: which muscle group

# [[ahead]]                             # what is to come, one table for each
# kind = "operation"                    # "operation", "journey", "scan" or "illness"
# since = 2026-12-04T08:00:00+01:00     # when it begins or began
# until = 2026-12-05                    # when it ends; without this line not known
# nil_by_mouth = 2026-12-04T06:00:00+01:00          # from when nothing may be swallowed
# by_mouth_again = 2026-12-04T18:00:00+01:00        # from when it may again
# emergency = false                     # of an operation: whether it cannot wait

# [[ahead]]
# kind = "journey"
# since = 2026-12-20T10:30:00+01:00
# until = 2027-01-03T18:00:00-05:00
# zone = "America/New_York"             # of a journey: the time zone it goes to

# [[stock]]                             # what is left at home
# product = "eu.tablet_10mg"
# units = 42                            # tablets, packets or mL
# at = 2026-11-22T08:00:00+01:00        # when they were counted

# [[override]]                          # a finding that somebody answers for; it is still shown
# finding = "kidney.beers"
# reason = "Smallest dose, seen daily on the ward"
# by = "Dr A. Example"
"""


def template() -> str:
    """A commented case in TOML that reads without a problem and names every key of the format."""
    return TEMPLATE
