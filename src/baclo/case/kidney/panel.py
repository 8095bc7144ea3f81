"""Every estimate of filtration that one person's measurements allow, by the equations made for that age."""

from collections.abc import Iterator
from datetime import datetime

from baclo.case.kidney.estimate import INDEXED_UNIT, MARKER_UNITS, Estimate, Inputs, Table, basis_of, entered
from baclo.case.kidney.filtration import filtration_ml_per_min_per_1_73m2
from baclo.case.kidney.newest import newest
from baclo.case.kidney.window import together
from baclo.case.patient import Patient
from baclo.knowledge.library import Knowledge

Marker = tuple[int, datetime, float]


def filtration_estimates(knowledge: Knowledge, patient: Patient, at: datetime) -> tuple[Estimate, ...]:
    """Every eGFR from the newest markers not after `at`, the preferred equation first, the reported ones last.

    Which equations a person of that age gets, and in which order, is data. Two markers make one estimate only
    where they were drawn within a stated time of each other.
    """
    reported = tuple(_reported(knowledge, patient, at))
    if patient.age_y is None:
        return reported
    markers = _markers(patient, at)
    keys = _order(knowledge, patient, patient.age_y)
    computed = (_estimate(knowledge, patient, patient.age_y, key, markers) for key in keys)
    return (*(estimate for estimate in computed if estimate is not None), *reported)


def _markers(patient: Patient, at: datetime) -> dict[str, Marker]:
    """The newest creatinine (mg/dL) and cystatin C (mg/L): place in the case, moment, value."""
    markers: dict[str, Marker] = {}
    if (creatinine := newest(patient.creatinine, at)) is not None:
        markers["creatinine"] = (creatinine[0], creatinine[1].at, creatinine[1].creatinine_mg_per_dl)
    if (cystatin := newest(patient.cystatin_c, at)) is not None:
        markers["cystatin_c"] = (cystatin[0], cystatin[1].at, cystatin[1].cystatin_c_mg_per_l)
    return markers


def _order(knowledge: Knowledge, patient: Patient, age_y: float) -> tuple[str, ...]:
    """The equations for a child, for an adult, or for the young with kidney disease: CKiD first, then adult ones."""
    table = knowledge.folder("kidney")["judgement"]["filtration"]
    if not age_y >= knowledge.number(table["adult_from_age"], "a"):
        return tuple(table["child"])
    diseased = {condition.name for condition in patient.conditions or ()} & set(table["kidney_diseases"])
    return (*table["child_and_young"], *table["adult"]) if diseased else tuple(table["adult"])


def _estimate(
    knowledge: Knowledge, patient: Patient, age_y: float, key: str, markers: dict[str, Marker]
) -> Estimate | None:
    table = knowledge.folder("kidney")["equations"][key]
    used = {name: markers[name] for name in table["markers"] if name in markers}
    moments = [moment for _, moment, _ in used.values()]
    value = filtration_ml_per_min_per_1_73m2(
        knowledge,
        key,
        sex=patient.sex,
        age_y=age_y,
        height_cm=patient.height_cm,
        markers={name: number for name, (_, _, number) in used.items()},
    )
    if value is None or not max(moments) - min(moments) <= together(knowledge):
        return None
    inputs = _inputs(patient, age_y, table, used)
    return Estimate(
        quantity=key,
        name=table["name"],
        value=value,
        unit=INDEXED_UNIT,
        at=min(moments),
        inputs=inputs,
        weight_used=None,
        muscle_free="cystatin_c" in used,
        basis=basis_of(table, inputs),
    )


def _inputs(patient: Patient, age_y: float, table: Table, used: dict[str, Marker]) -> Inputs:
    """What went into the equation, by name: the person's own, then the markers."""
    own: Inputs = ()
    if table["uses_sex"] and patient.sex is not None:
        own = (*own, ("sex", patient.sex.value))
    own = (*own, ("age", entered(age_y, "a", "age")))
    if table["uses_height"] and patient.height_cm is not None:
        own = (*own, ("height", entered(patient.height_cm, "cm", "height")))
    drawn = tuple(
        (name, entered(number, MARKER_UNITS[name], f"{name}[{index}]")) for name, (index, _, number) in used.items()
    )
    return (*own, *drawn)


def _reported(knowledge: Knowledge, patient: Patient, at: datetime) -> Iterator[Estimate]:
    """The newest eGFR that a laboratory reported by each equation it named, the newest first."""
    past = [(index, egfr) for index, egfr in enumerate(patient.reported_egfr) if egfr.at <= at]
    said: set[str] = set()
    for index, egfr in sorted(past, key=lambda entry: entry[1].at, reverse=True):
        if egfr.equation in said:
            continue
        said.add(egfr.equation)
        inputs: Inputs = (("reported", entered(egfr.egfr_ml_per_min_per_1_73m2, INDEXED_UNIT, f"egfr[{index}]")),)
        yield Estimate(
            quantity="reported_egfr",
            name=egfr.equation,
            value=egfr.egfr_ml_per_min_per_1_73m2,
            unit=INDEXED_UNIT,
            at=egfr.at,
            inputs=inputs,
            weight_used=None,
            muscle_free=_muscle_free(knowledge, egfr.equation),
            basis=basis_of({}, inputs),
        )


def _muscle_free(knowledge: Knowledge, equation: str) -> bool:
    """Whether a reported equation does not rest on creatinine alone; one that is not in the vocabulary does."""
    row = knowledge.folder("vocabulary")["egfr_equations"].get(equation, {})
    return bool(row.get("muscle_free", False))
