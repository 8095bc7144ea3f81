"""Tablets, packets and measured volumes as small drawings: wholes, then the part of a broken one."""

from markupsafe import Markup

_SIZE, _MIDDLE, _RADIUS = 24, 12, 10
_WHOLE = '<circle cx="{x}" cy="12" r="10"/><path class="score" d="M{x} 2v20"/>'
_PARTS = {
    0.25: '<circle class="gone" cx="{x}" cy="12" r="10"/><path d="M{x} 12V2A10 10 0 0 0 {left} 12z"/>',
    0.5: '<circle class="gone" cx="{x}" cy="12" r="10"/><path d="M{x} 2A10 10 0 0 0 {x} 22z"/>',
    0.75: '<circle class="gone" cx="{x}" cy="12" r="10"/><path d="M{x} 12V2A10 10 0 1 0 {right} 12z"/>',
}
_PACKET = '<path d="M{left} 3h20v18h-20z"/><path class="score" d="M{left} 7h20"/>'
_SYRINGE = '<path d="M{left} 8h14v8h-14z"/><path class="score" d="M{plunger} 12h5m0 -4v8"/>'


def drawn(form: str, units: float, place: int) -> Markup:
    """So many pieces beside each other as one drawing; `place` tells products apart by their fill.

    A part that no tablet is broken into is not drawn: the words say it.
    """
    if form == "mL":
        shapes = [_SYRINGE]
    else:
        whole, part = divmod(units, 1)
        shapes = [_PACKET if form == "packet" else _WHOLE] * int(whole)
        shapes += [_PARTS[part]] if form == "tablet" and part in _PARTS else []
    inside = "".join(_placed(shape, number * _SIZE) for number, shape in enumerate(shapes))
    width = len(shapes) * _SIZE
    return Markup(
        '<svg class="piece fill{place}" viewBox="0 0 {width} 24" width="{width}" height="24" aria-hidden="true">'
    ).format(place=place, width=width) + Markup(f"{inside}</svg>")  # noqa: S704 - our own shapes


def _placed(shape: str, offset: int) -> str:
    x = offset + _MIDDLE
    return shape.format(x=x, left=x - _RADIUS, right=x + _RADIUS, plunger=x + 4)
