//! A small world, written down with what might be otherwise in it: `world.sql`.

use std::collections::{BTreeMap, HashMap};
use std::iter::Peekable;
use std::str::Chars;

use super::random::Random;

/// The text of the world, with its choices.
pub struct World {
    pieces: Vec<Piece>,
    /// How many alternatives each choice has.
    sizes: Vec<usize>,
}

/// Which alternatives are taken, by the number of the choice; the first where it is not listed.
pub type Choices = BTreeMap<usize, usize>;

enum Piece {
    Text(String),
    Choice(usize, Vec<Vec<Piece>>),
    /// A choice that is stated elsewhere.
    Again(String),
}

/// What opens, parts and closes a choice.
const MARKS: [char; 3] = ['«', '¦', '»'];

impl World {
    /// What `world.sql` says.
    pub fn read() -> World {
        let mut sizes = Vec::new();
        let pieces = pieces(&mut include_str!("world.sql").chars().peekable(), &mut sizes);
        World { pieces, sizes }
    }

    /// Takes other alternatives here and there, those that are near each other sooner.
    pub fn walk(&self, mut choices: Choices, random: &mut Random) -> Choices {
        let mut place = random.below(self.sizes.len());
        for _ in 0..=random.below(STEPS) {
            choices.insert(place, random.below(self.sizes[place]));
            let far = random.below(3) == 0;
            place = (place + 1 + random.below(if far { self.sizes.len() } else { NEAR })) % self.sizes.len();
        }
        choices
    }

    /// The world with these choices, as SQL.
    pub fn text(&self, choices: &Choices) -> String {
        let mut named = HashMap::new();
        let mut text = String::new();
        render(&self.pieces, choices, &mut named, &mut text);
        text
    }
}

/// How many choices one walk changes at most, and how far those are from each other that are near.
const STEPS: usize = 8;
const NEAR: usize = 10;

/// What stands before the end of the alternative.
fn pieces(rest: &mut Peekable<Chars>, sizes: &mut Vec<usize>) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut text = String::new();
    while let Some(next) = rest.next_if(|next| !MARKS[1..].contains(next)) {
        if next != MARKS[0] {
            text.push(next);
            continue;
        }
        found.push(Piece::Text(std::mem::take(&mut text)));
        found.push(choice(rest, sizes));
    }
    found.push(Piece::Text(text));
    found
}

/// A choice, up to its end.
fn choice(rest: &mut Peekable<Chars>, sizes: &mut Vec<usize>) -> Piece {
    let number = sizes.len();
    sizes.push(0);
    let mut alternatives = Vec::new();
    loop {
        alternatives.push(pieces(rest, sizes));
        if rest.next().expect("every choice has an end") == MARKS[2] {
            break;
        }
    }
    if let [alternative] = alternatives.as_slice() {
        let [Piece::Text(name)] = alternative.as_slice() else { panic!("a choice of one thing") };
        sizes.truncate(number);
        return Piece::Again(name.clone());
    }
    sizes[number] = alternatives.len();
    Piece::Choice(number, alternatives)
}

fn render(pieces: &[Piece], choices: &Choices, named: &mut HashMap<String, String>, text: &mut String) {
    for piece in pieces {
        match piece {
            Piece::Text(piece) => text.push_str(piece),
            Piece::Again(name) => text.push_str(&named[name]),
            Piece::Choice(number, alternatives) => {
                let mut name = None;
                let mut inner = String::new();
                for (place, alternative) in alternatives.iter().enumerate() {
                    let mut one = String::new();
                    render(alternative, choices, named, &mut one);
                    // `name: ` stands before the first alternative.
                    if place == 0
                        && let Some((first, rest)) = one.split_once(": ")
                        && first.chars().all(char::is_alphanumeric)
                    {
                        name = Some(first.to_owned());
                        one = rest.to_owned();
                    }
                    if place == choices.get(number).copied().unwrap_or_default() {
                        inner = one.trim().to_owned();
                    }
                }
                text.push_str(&inner);
                named.extend(name.map(|name| (name, inner)));
            }
        }
    }
}
