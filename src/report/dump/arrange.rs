//! The order in which a person reads a schema: what is about one whole stands together, as far as the order of the plan
//! allows.

use std::collections::{BTreeMap, HashSet};

/// What the plan does about one object, in one go.
#[derive(Debug)]
pub struct Unit {
    /// The whole that it is about or about a part of.
    pub whole: usize,
    /// Whether it makes the whole itself.
    pub main: bool,
    /// The units that come before it in the plan, because it needs them.
    pub after: Vec<usize>,
}

/// The places of all units in a new order, which honours `after` as theirs did. Wholes come in the order in which the
/// plan makes them, but what a part of one needs comes before it.
pub fn arrange(units: &[Unit]) -> Vec<usize> {
    let mut arranging = Arranging { units, wholes: BTreeMap::new(), seen: HashSet::new(), order: vec![] };
    let mut firsts: BTreeMap<usize, usize> = BTreeMap::new();
    for (place, unit) in units.iter().enumerate() {
        arranging.wholes.entry(unit.whole).or_default().push(place);
        let first = firsts.entry(unit.whole).or_insert(place);
        if unit.main {
            *first = place;
        }
    }
    let mut wholes: Vec<(usize, usize)> = firsts.into_iter().map(|(whole, first)| (first, whole)).collect();
    wholes.sort_unstable();
    let mut visited = HashSet::new();
    for (_, whole) in wholes {
        arranging.visit(whole, &mut visited);
    }
    arranging.order
}

struct Arranging<'a> {
    units: &'a [Unit],
    wholes: BTreeMap<usize, Vec<usize>>,
    seen: HashSet<usize>,
    order: Vec<usize>,
}

impl Arranging<'_> {
    /// Places all of a whole, after all of the wholes that it needs, unless these are being placed.
    fn visit(&mut self, whole: usize, visited: &mut HashSet<usize>) {
        if !visited.insert(whole) {
            return;
        }
        for unit in self.wholes.get(&whole).cloned().unwrap_or_default() {
            for &before in &self.units[unit].after {
                self.visit(self.units[before].whole, visited);
            }
            self.place(unit);
        }
    }

    /// Places a unit after what it needs: of wholes that need each other, no more than that.
    fn place(&mut self, unit: usize) {
        if !self.seen.insert(unit) {
            return;
        }
        for &before in &self.units[unit].after {
            self.place(before);
        }
        self.order.push(unit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(whole: usize, main: bool, after: &[usize]) -> Unit {
        Unit { whole, main, after: after.to_vec() }
    }

    #[test]
    fn parts_stand_with_their_whole() {
        // A sequence of table 1, tables 0 and 1, an index of 0 and one of 1.
        let units = [
            unit(1, false, &[]),
            unit(0, true, &[]),
            unit(1, true, &[0]),
            unit(0, false, &[1]),
            unit(1, false, &[2]),
        ];
        assert_eq!(arrange(&units), [1, 3, 0, 2, 4]);
    }

    #[test]
    fn wholes_that_need_each_other_are_taken_apart() {
        // Table 0, table 1, a key from 0 to 1, one from 1 to 0, and a view 2 of both keys.
        let units = [
            unit(0, true, &[]),
            unit(1, true, &[]),
            unit(0, false, &[0, 1]),
            unit(1, false, &[0, 1]),
            unit(2, true, &[2, 3]),
        ];
        let order = arrange(&units);
        assert_eq!(order, [0, 1, 3, 2, 4]);
    }
}
