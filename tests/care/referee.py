"""The best plan once more, by an integer-programming solver that shares nothing with ours but the words of the problem.

Tablets, halves and volumes are integer variables of their own here; no table of amounts or days is built.
"""

import math

import highspy


class Referee:
    """One instance as a mixed-integer programme, in grains of the menu."""

    def __init__(self, problem):
        self.p, self.w, self.terms, self.menu = problem, problem.weights, problem.terms, problem.menu
        self.h = highspy.Highs()
        self.h.setOptionValue("output_flag", False)
        self.h.setOptionValue("mip_rel_gap", 0.0)
        self.h.setOptionValue("mip_abs_gap", 1e-9)
        self.grain = self.menu.grain_ug
        most_ug = max([*self.p.wishes_ug, self.terms.from_ug_per_day])
        self.ceiling = math.ceil(most_ug / self.grain) + 2  # above any number of grains or pieces of a day
        self.cost = []
        falling = self.terms.bounds is None
        self.sets = [[dose.clock for dose in self.terms.taken]] if falling else [list(c) for c in self.terms.clocks]
        self.clocks = sorted({clock for times in self.sets for clock in times} | {d.clock for d in self.terms.taken})
        self.taken = {dose.clock: dose.amount_ug / self.grain for dose in self.terms.taken}

    def integer(self, high=None, low=0):
        return self.h.addVariable(lb=low, ub=self.ceiling if high is None else high, type=highspy.HighsVarType.kInteger)

    def real(self, high=None):
        return self.h.addVariable(lb=0, ub=self.ceiling if high is None else high)

    def night_last(self, by_clock):
        """The night dose is whole, in what can be given of it, or no other is larger."""
        clocks = [dose.clock for dose in sorted(self.terms.taken, key=lambda dose: dose.clock)]
        top = int(self.taken[clocks[-1]] * (1 + 1e-12))
        whole = max(n for n, one in enumerate(self.menu.servings) if n <= top and (one.units or n == 0))
        (night,), broken = by_clock[clocks[-1]], self.integer(1)
        self.add(night + self.ceiling * broken >= whole)
        for clock in clocks[:-1]:
            self.add(night - by_clock[clock][0] - self.ceiling * broken >= -self.ceiling)

    def add(self, constraint):
        self.h.addConstr(constraint)

    def points(self):
        """The least points, or None where nothing is inside the limits."""
        days = [self.day(wish_ug) for wish_ug in self.p.wishes_ug]
        start = {clock: self.taken.get(clock, 0.0) for clock in self.clocks}
        before = {"amounts": start, "total": sum(start.values()), "largest": max(start.values(), default=0.0)}
        wished_ug = sum(start.values()) * self.grain
        for place, (wish_ug, day) in enumerate(zip(self.p.wishes_ug, days, strict=True)):
            self.follow(before, day, first=place == 0, up=not wish_ug < wished_ug, above=wish_ug > wished_ug)
            before, wished_ug = day, wish_ug
        self.h.minimize(sum(self.cost[1:], self.cost[0]))
        if self.h.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            assert self.h.getModelStatus() == highspy.HighsModelStatus.kInfeasible
            return None
        return self.h.getInfo().objective_function_value

    def dose(self, on):
        """One dose in grains, made of wholes and one broken tablet of each product where `on` is 1."""
        parts, pieces = [], []
        for one in self.menu.products:
            if one.form == "liquid":
                volume, drawn = self.integer(), self.integer(1)
                self.add(volume <= self.ceiling * drawn)
                parts.append(one.piece_ug / self.grain * volume)
                pieces.append(drawn)
                self.cost.append(self.w.piece * drawn)
                continue
            whole = self.integer()
            parts.append(one.strength_ug / self.grain * whole)
            pieces.append(whole)
            self.cost.append(self.w.piece * whole)
            if one.parts > 1:
                broken = self.integer(one.parts - 1)
                is_broken = self.integer(1)
                self.add(broken <= self.ceiling * is_broken)
                parts.append(one.piece_ug / self.grain * broken)
                self.cost.append((self.w.piece + self.w.broken) * is_broken)
        amount = self.integer()
        self.add(amount == sum(parts[1:], parts[0]))
        self.add(amount <= self.ceiling * on)
        return amount

    def day(self, wish_ug):
        """The variables of one day and all that must hold of it alone."""
        falling, w, g = self.terms.bounds is None, self.w, self.grain
        on = [self.integer(1) for _ in self.sets]
        self.add(sum(on[1:], on[0] * 1) == 1)
        largest, below = self.real(), self.real(w.spread * self.menu.piece_ug / g)
        by_clock = {clock: [] for clock in self.clocks}
        tops = []
        for place, (times, chosen) in enumerate(zip(self.sets, on, strict=True)):
            if self.p.barred == place:
                self.add(chosen * 1 <= 0)
            self.cost.append(w.clocks * place * chosen)
            ranked = [len(times) - 1, 0, *reversed(range(1, len(times) - 1))]
            for n, clock in enumerate(times):
                amount = self.dose(chosen)
                by_clock[clock].append(amount)
                late = ranked.index(n) / (len(times) - 1) if len(times) > 1 else 0.0
                if late:
                    self.cost.append(w.place_per_ug * g * late * amount)
                self.add(largest - amount >= 0)
                tops.append(amount)
                if falling:
                    top = int(self.taken[clock] * (1 + 1e-12))
                    self.add(amount * 1 <= top)
                    lower = self.integer(1)
                    self.add(below + amount + self.ceiling * lower >= top)
                    self.add(below + amount - largest - self.ceiling * lower >= -self.ceiling)
                else:
                    self.add(amount - chosen >= 0)
                    self.add(below + amount - largest - self.ceiling * chosen >= -self.ceiling)
        if falling:
            self.night_last(by_clock)
        which = [self.integer(1) for _ in tops]
        self.add(sum(which[1:], which[0] * 1) == 1)
        for amount, is_top in zip(tops, which, strict=True):
            self.add(largest - amount + self.ceiling * is_top <= self.ceiling)
        amounts = {clock: sum(found[1:], found[0] * 1) if found else None for clock, found in by_clock.items()}
        total = self.integer()
        parts = [amount for amount in amounts.values() if amount is not None]
        self.add(total - sum(parts[1:], parts[0]) == 0)
        missed = self.real(1e6)
        self.add(missed + total >= wish_ug / g)
        self.add(missed - total >= -wish_ug / g)
        self.cost += [w.miss_per_ug * g * missed, w.at_once_per_ug * g * largest, w.uneven_per_ug * g * below]
        if falling:
            least_ug = max(
                wish_ug - self.menu.piece_ug, min(self.p.wishes_ug), self.menu.piece_ug if wish_ug > 0 else 0.0
            )
            self.add(total * 1 >= least_ug / g)
        else:
            bounds = self.terms.bounds
            self.add(total * 1 <= min(wish_ug, bounds.cap_ug_per_day) / g)
            if bounds.single_cap_ug is not None:
                self.add(largest * 1 <= bounds.single_cap_ug / g)
        return {"amounts": amounts, "total": total, "largest": largest}

    def follow(self, before, after, *, first, up, above):
        """What must hold between a day and the one before, and what its changes count."""
        changed = [self.change(before["amounts"][clock], after["amounts"][clock]) for clock in self.clocks]
        self.cost += [self.w.change * one for one in changed]
        bounds, g = self.terms.bounds, self.grain
        if bounds is None:
            for clock in self.clocks:
                self.add(after["amounts"][clock] - before["amounts"][clock] <= 1e-9)
            return
        fresh = first and before["total"] == 0
        high = bounds.start_ug_per_day if fresh else bounds.rise_ug_per_day
        self.add(after["total"] - before["total"] <= high / g + 1e-9)
        self.add(after["largest"] - before["largest"] <= bounds.single_rise_ug / g + 1e-9)
        if first and above:
            self.add(after["total"] * 1 >= int(before["total"] * (1 + 1e-12)) + 1)
        elif not first and up:
            held = self.integer(1)
            self.add(after["total"] - before["total"] + held >= 1)
            for one in changed:
                self.add(one + held <= 1)

    def change(self, before, after):
        """A variable that is 1 where a dose differs from the one before."""
        changed = self.integer(1)
        if before is None:
            before = 0.0
        if after is None:
            after = 0.0
        difference = after - before
        if isinstance(difference, float):
            self.add(changed * 1 >= (abs(difference) > 1e-9))
            return changed
        self.add(difference - self.ceiling * changed <= 1e-9)
        self.add(difference + self.ceiling * changed >= -1e-9)
        return changed
